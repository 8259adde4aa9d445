import { CfnApiMapping, CfnDomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct, type IConstruct } from 'constructs';
import type { CustomDomain, EdgeDomain } from '../environments/schema/fronts.ts';

export interface ApiDomainProps {
  readonly domain: CustomDomain;
  /** An HTTP API or a REST API: both are mapped in the same way, with base paths of several segments. */
  readonly apiId: string;
  readonly stageName: string;
  /** Has to be there before it is mapped. */
  readonly stage: IConstruct;
}

/** A host name of one's own for an API, TLS 1.2 or newer, mapped at the base path. */
export class ApiDomain extends Construct {
  /** Without a trailing slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, { domain, apiId, stageName, stage }: ApiDomainProps) {
    super(scope, id);
    const name = new CfnDomainName(this, 'Name', {
      domainName: domain.name,
      domainNameConfigurations: [
        {
          certificateArn: StringParameter.valueForStringParameter(this, domain.certificateParameter),
          endpointType: 'REGIONAL',
          securityPolicy: 'TLS_1_2',
        },
      ],
    });
    const mapping = new CfnApiMapping(this, 'Mapping', {
      apiId,
      stage: stageName,
      domainName: name.ref,
      ...(domain.basePath !== undefined && { apiMappingKey: domain.basePath }),
    });
    mapping.node.addDependency(stage);
    aliasRecords(this, domain, {
      dnsName: name.attrRegionalDomainName,
      hostedZoneId: name.attrRegionalHostedZoneId,
      types: ['A'],
    });
    this.url = `https://${domain.name}${domain.basePath === undefined ? '' : `/${domain.basePath}`}`;
  }
}

export interface AliasTarget {
  readonly dnsName: string;
  readonly hostedZoneId: string;
  readonly types: readonly ('A' | 'AAAA')[];
}

/** The alias records of a domain whose zone is in this account; nothing for one whose zone is elsewhere. */
export function aliasRecords(scope: Construct, domain: EdgeDomain, target: AliasTarget): void {
  if (domain.hostedZone === undefined) return;
  const zoneId = StringParameter.valueForStringParameter(scope, domain.hostedZone.idParameter);
  for (const type of target.types) {
    new CfnRecordSet(scope, `Record${type}`, {
      hostedZoneId: zoneId,
      name: domain.name,
      type,
      aliasTarget: { dnsName: target.dnsName, hostedZoneId: target.hostedZoneId },
    });
  }
}
