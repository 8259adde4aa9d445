import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment.ts';
import type { Firewall } from '../environments/schema/fronts.ts';
import { removalPolicyOf } from './service-function.ts';

export interface WebAclProps {
  readonly environment: Environment;
  /** Part of its metrics' and its log group's name. */
  readonly label: string;
  /** `CLOUDFRONT` ones are made in us-east-1. */
  readonly scope: 'REGIONAL' | 'CLOUDFRONT';
  readonly firewall: Firewall;
  /** ARN of an IP set; where given, any other address is blocked. */
  readonly allowedIpSetArn?: string;
}

/** AWS's groups, in the order in which they are asked, with what of them is counted instead of blocked. */
const MANAGED_RULES: readonly { readonly name: string; readonly count: readonly string[] }[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList', count: [] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', count: [] },
  // Bodies above 8 KB are ordinary here: webhook deliveries have up to 256 KB.
  { name: 'AWSManagedRulesCommonRuleSet', count: ['SizeRestrictions_BODY'] },
];

/**
 * A web ACL: a limit per address, AWS's managed rules, and optionally a list of the only addresses let in. Its log
 * leaves credentials out.
 */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const name = `gatehouse-${props.environment.name}-${props.label}`;
    const acl = new CfnWebACL(this, 'Acl', {
      name,
      scope: props.scope,
      defaultAction: props.allowedIpSetArn === undefined ? { allow: {} } : { block: {} },
      visibilityConfig: visibility(name),
      rules: rules(props).map((rule, priority) => ({ ...rule, priority })),
    });
    this.arn = acl.attrArn;
    const { apiKeyHeader } = props.environment.authorizer.request ?? {};
    const keyHeaders = apiKeyHeader === undefined ? [] : [apiKeyHeader];
    const log = new LogGroup(this, 'Log', {
      // The prefix is a condition of WAF's.
      logGroupName: `aws-waf-logs-${name}`,
      retention: props.environment.logRetentionDays,
      removalPolicy: removalPolicyOf(props.environment),
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [log.logGroupArn],
      redactedFields: [
        ...[...new Set(['authorization', 'x-api-key', ...keyHeaders])].map((Name) => ({
          singleHeader: { Name },
        })),
        { queryString: {} },
      ],
    });
  }
}

type Rule = Omit<CfnWebACL.RuleProperty, 'priority'>;

function rules({ firewall, allowedIpSetArn }: WebAclProps): readonly Rule[] {
  const limit: Rule = {
    name: 'limit-per-address',
    action: { block: { customResponse: { responseCode: 429 } } },
    statement: {
      rateBasedStatement: {
        limit: firewall.requestsPerFiveMinutes,
        aggregateKeyType: 'IP',
        evaluationWindowSec: 300,
      },
    },
    visibilityConfig: visibility('limit-per-address'),
  };
  const managed = MANAGED_RULES.map(({ name, count }): Rule => ({
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ...(count.length > 0 && {
          ruleActionOverrides: count.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        }),
      },
    },
    visibilityConfig: visibility(name),
  }));
  if (allowedIpSetArn === undefined) return [limit, ...managed];
  // Last, since an allow ends the evaluation.
  const allowed: Rule = {
    name: 'allowed-addresses',
    action: { allow: {} },
    statement: { ipSetReferenceStatement: { arn: allowedIpSetArn } },
    visibilityConfig: visibility('allowed-addresses'),
  };
  return [limit, ...managed, allowed];
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
