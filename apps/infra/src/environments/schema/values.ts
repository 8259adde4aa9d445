import * as v from 'valibot';

/** A whole number between two, both included. */
export const wholeNumber = (least: number, most: number) =>
  v.pipe(
    v.number(),
    v.integer(),
    v.minValue(least, `must be at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  );

/** A list that has no element twice, and may have none. */
export const distinctOrNone = <S extends v.GenericSchema>(schema: S) =>
  v.pipe(
    v.array(schema),
    v.check(
      (list) => new Set(list.map((item) => JSON.stringify(item))).size === list.length,
      'names one twice',
    ),
  );

/** A list that has at least one element and none twice. */
export const distinct = <S extends v.GenericSchema>(schema: S) =>
  v.pipe(distinctOrNone(schema), v.minLength(1, 'must not be empty'));

/** Visible ASCII, as names and ids of other systems are. */
export const visibleText = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,2048}$/, 'must be visible ASCII'));

export const httpsUrl = v.pipe(v.string(), v.regex(/^https:\/\/[^\s/]+(\/\S*)?$/, 'must be an https URL'));

export const hostName = v.pipe(
  v.string(),
  v.regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'must be a host name such as api.example.com'),
);

/** IPv4 block, such as `10.0.0.0/16`. */
export const cidr = v.pipe(
  v.string(),
  v.regex(
    /^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)\/(3[0-2]|[12]?\d)$/,
    'must be an IPv4 block such as 10.0.0.0/16',
  ),
);

/** The name of an SSM parameter that people set: where an account's own values come from. */
export const parameterPath = v.pipe(
  v.string(),
  v.regex(/^(\/[\w.-]+)+$/, 'must be the name of an SSM parameter such as /gatehouse/prod/certificate'),
);

/** Requests a second, and how many may come at once. */
export const throttle = v.strictObject({
  ratePerSecond: wholeNumber(1, 10_000),
  burst: wholeNumber(1, 5_000),
});
