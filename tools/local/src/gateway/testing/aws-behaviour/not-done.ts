const CONTROL_PLANE = 'an answer of the control plane; the host deploys nothing and has none';
const TEMPLATES =
  'mapping templates (VTL) are not done: a method that has one answers 500 and the trace says so';
const NON_PROXY =
  'non-proxy integrations are not done: the host lists them at start and their methods answer 500';

/** The facts that the host does not have yet, or cannot have, each with its reason. */
export const NOT_DONE: Readonly<Record<string, string>> = {
  'alog-001': CONTROL_PLANE,
  'alog-002': CONTROL_PLANE,
  'alog-005': 'there is no WAF in front of the host',
  'auth-026': 'resource policies are not done: the host lists them at start',
  'auth-029': CONTROL_PLANE,
  'comp-001': CONTROL_PLANE,
  'cors-004': CONTROL_PLANE,
  'exelog-002': 'TestInvokeMethod is a call of the control plane; the host has none',
  'exelog-004': 'TestInvokeMethod is a call of the control plane; the host has none',
  'furl-012': 'each function URL has a port of its own: there is no unknown one',
  'furl-023': CONTROL_PLANE,
  'mock-002': TEMPLATES,
  'mock-003': TEMPLATES,
  'mock-004': TEMPLATES,
  'mock-005': TEMPLATES,
  'mock-006': TEMPLATES,
  'nonproxy-001': NON_PROXY,
  'nonproxy-002': NON_PROXY,
  'nonproxy-005': NON_PROXY,
  'nonproxy-006': NON_PROXY,
  'nonproxy-007': NON_PROXY,
  'rest-bin-021': NON_PROXY,
  'rest-bin-022': NON_PROXY,
  'rest-bin-023': NON_PROXY,
  'rest-bin-025': NON_PROXY,
  'rest-bin-026': NON_PROXY,
  'rest-bin-027': NON_PROXY,
  'rest-bin-029': NON_PROXY,
  'rest-event-031': TEMPLATES,
  'rest-event-032': TEMPLATES,
  'rest-event-033': 'TestInvokeMethod is a call of the control plane; the host has none',
  'rest-misc-005': CONTROL_PLANE,
  'rest-remap-004': NON_PROXY,
  'vtl-004': TEMPLATES,
  'vtl-005': TEMPLATES,
  'vtl-006': TEMPLATES,
  'vtl-009': TEMPLATES,
  'vtl-011': TEMPLATES,
};
