import { createRecord } from '../null-record.ts';
import type { HeaderRecord, ResponseHeaders } from './http-response.ts';

/** A record of its own with the names in lower case; the later of two names that differ in case alone wins. */
export function lowerCaseNames(headers: ResponseHeaders = {}): HeaderRecord {
  const record: HeaderRecord = createRecord();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) record[name.toLowerCase()] = value;
  }
  return record;
}
