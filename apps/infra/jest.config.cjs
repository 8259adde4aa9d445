// The CDK's template validator takes two seconds a synth: validate-templates.test.ts alone turns it on.
process.env['CDK_VALIDATION'] ??= 'false';

module.exports = { ...require('../../jest.preset.js'), displayName: 'infra' };
