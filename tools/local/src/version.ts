import manifest from '../package.json' with { type: 'json' };

/** The host's own version, as its package has it. */
export const { version } = manifest;
