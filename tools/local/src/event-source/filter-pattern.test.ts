import type { Json, JsonObject } from '../assembly/json.ts';
import { matchesPattern, passesFilters } from './filter-pattern.ts';

const record: JsonObject = {
  eventName: 'INSERT',
  dynamodb: {
    Keys: { pk: { S: 'a' } },
    NewImage: { state: { S: 'received' }, tags: { SS: ['x', 'y'] }, empty: { S: '' }, none: { NULL: true } },
    SizeBytes: 57,
  },
};

const image = (pattern: Json): JsonObject => ({ dynamodb: { NewImage: { state: { S: pattern } } } });

describe('a filter pattern', () => {
  it.each<readonly [string, JsonObject, boolean]>([
    ['an empty pattern', {}, true],
    ['one of the values', { eventName: ['MODIFY', 'INSERT'] }, true],
    ['none of the values', { eventName: ['REMOVE'] }, false],
    ['members of which one fails', { eventName: ['INSERT'], dynamodb: { SizeBytes: [1] } }, false],
    ['a nested member', image(['received']), true],
    ['a nested member that is absent', { dynamodb: { OldImage: { state: { S: ['received'] } } } }, false],
    ['an element of a list', { dynamodb: { NewImage: { tags: { SS: ['y'] } } } }, true],
    ['the empty text', { dynamodb: { NewImage: { empty: { S: [''] } } } }, true],
    ['a boolean', { dynamodb: { NewImage: { none: { NULL: [true] } } } }, true],
    ['prefix', image([{ prefix: 'rec' }]), true],
    ['prefix, wrong', image([{ prefix: 'done' }]), false],
    ['suffix', image([{ suffix: 'ived' }]), true],
    ['equals-ignore-case', image([{ 'equals-ignore-case': 'RECEIVED' }]), true],
    ['anything-but a value', image([{ 'anything-but': 'done' }]), true],
    ['anything-but that value', image([{ 'anything-but': 'received' }]), false],
    ['anything-but a list', image([{ 'anything-but': ['done', 'received'] }]), false],
    ['anything-but a prefix', image([{ 'anything-but': { prefix: 'rec' } }]), false],
    ['anything-but on an absent member', { nobody: [{ 'anything-but': 'x' }] }, false],
    ['numeric', { dynamodb: { SizeBytes: [{ numeric: ['>', 50, '<=', 57] }] } }, true],
    ['numeric, outside', { dynamodb: { SizeBytes: [{ numeric: ['<', 57] }] } }, false],
    ['numeric equality', { dynamodb: { SizeBytes: [{ numeric: ['=', 57] }] } }, true],
    ['numeric on text', image([{ numeric: ['>', 0] }]), false],
    ['exists', image([{ exists: true }]), true],
    ['exists not, on a member that does', image([{ exists: false }]), false],
    ['exists not, on an absent member', { nobody: [{ exists: false }] }, true],
    ['exists on an object, which is no leaf', { dynamodb: [{ exists: true }] }, false],
    ['a rule that nobody knows', image([{ wildcard: '*' }]), false],
    ['$or', { $or: [{ eventName: ['REMOVE'] }, image(['received'])] }, true],
    ['$or of which none holds', { $or: [{ eventName: ['REMOVE'] }, image(['done'])] }, false],
    ['a member that every object inherits', { constructor: [{ exists: true }] }, false],
  ])('%s', (_name, pattern, expected) => {
    expect(matchesPattern(pattern, record)).toBe(expected);
  });
});

describe('a list of filters', () => {
  it('lets everything pass when it is empty, else what one of them matches', () => {
    expect(passesFilters(record, [])).toBe(true);
    expect(passesFilters(record, [{ eventName: ['REMOVE'] }, { eventName: ['INSERT'] }])).toBe(true);
    expect(passesFilters(record, [{ eventName: ['REMOVE'] }])).toBe(false);
  });
});
