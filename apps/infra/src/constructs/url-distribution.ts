import { Fn, Stack } from 'aws-cdk-lib';
import {
  CachePolicy,
  CfnDistribution,
  CfnOriginAccessControl,
  OriginRequestPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledgements.ts';
import type { EdgeDomain } from '../environments/schema/fronts.ts';
import { aliasRecords } from './api-domain.ts';

export interface UrlDistributionProps {
  readonly comment: string;
  /** `https://<id>.lambda-url.<region>.on.aws/`. */
  readonly functionUrl: string;
  readonly webAclArn: string;
  readonly domain?: EdgeDomain | undefined;
  /**
   * How the function knows that a request came this way. `signed`: CloudFront signs it (origin access control), for which the
   * client has to send the body's SHA-256. Else a header that only CloudFront and the function know.
   */
  readonly proof: 'signed' | { readonly header: string; readonly value: string };
}

/** The zone of every distribution's alias record. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** CloudFront before a function URL: a host name of one's own and a web ACL. It caches nothing. */
export class UrlDistribution extends Construct {
  readonly arn: string;
  /** Without a trailing slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: UrlDistributionProps) {
    super(scope, id);
    const { domain } = props;
    const distribution = new CfnDistribution(this, 'Distribution', {
      distributionConfig: {
        enabled: true,
        comment: props.comment,
        httpVersion: 'http2and3',
        ipv6Enabled: true,
        priceClass: 'PriceClass_All',
        webAclId: props.webAclArn,
        ...(domain !== undefined && {
          aliases: [domain.name],
          viewerCertificate: {
            acmCertificateArn: StringParameter.valueForStringParameter(this, domain.certificateParameter),
            sslSupportMethod: 'sni-only',
            minimumProtocolVersion: 'TLSv1.2_2021',
          },
        }),
        origins: [this.#origin(props)],
        defaultCacheBehavior: {
          targetOriginId: 'function',
          viewerProtocolPolicy: 'https-only',
          allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
          cachePolicyId: CachePolicy.CACHING_DISABLED.cachePolicyId,
          // All but Host, which has to be the function URL's own.
          originRequestPolicyId: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.originRequestPolicyId,
          // A signature is over the bytes that were sent: nothing is compressed or changed on the way.
          compress: false,
        },
      },
    });
    acknowledge(distribution, 'AwsSolutions-CFR1', 'AwsSolutions-CFR3');
    if (domain === undefined) acknowledge(distribution, 'AwsSolutions-CFR4');
    this.arn = Stack.of(this).formatArn({
      service: 'cloudfront',
      region: '',
      resource: 'distribution',
      resourceName: distribution.ref,
    });
    this.url = `https://${domain?.name ?? distribution.attrDomainName}`;
    if (domain !== undefined) {
      aliasRecords(this, domain, {
        dnsName: distribution.attrDomainName,
        hostedZoneId: CLOUDFRONT_ZONE,
        types: ['A', 'AAAA'],
      });
    }
  }

  #origin({ functionUrl, proof, comment }: UrlDistributionProps): CfnDistribution.OriginProperty {
    const origin = {
      id: 'function',
      domainName: Fn.select(2, Fn.split('/', functionUrl)),
      customOriginConfig: { originProtocolPolicy: 'https-only', originSslProtocols: ['TLSv1.2'] },
    };
    if (proof !== 'signed') {
      return { ...origin, originCustomHeaders: [{ headerName: proof.header, headerValue: proof.value }] };
    }
    const control = new CfnOriginAccessControl(this, 'AccessControl', {
      originAccessControlConfig: {
        name: comment.replace(/[^\w-]+/g, '-'),
        originAccessControlOriginType: 'lambda',
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
      },
    });
    return { ...origin, originAccessControlId: control.attrId };
  }
}
