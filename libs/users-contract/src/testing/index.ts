export { describeExternalEvents, type ExternalEventsSubject } from './describe-external-events.ts';
