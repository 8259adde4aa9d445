import { CfnParameter, Fn } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';

type PrivateEndpointSettings = NonNullable<Environment['privateEndpoint']>;

/** An interface endpoint for execute-api in a network of the account, open to some of its addresses. */
export class PrivateEndpoint extends Construct {
  readonly vpcEndpointId: string;

  constructor(scope: Construct, id: string, settings: PrivateEndpointSettings) {
    super(scope, id);
    const vpcId = StringParameter.valueForStringParameter(this, settings.vpcIdParameter);
    const subnetIds = new CfnParameter(this, 'SubnetIds', {
      type: 'AWS::SSM::Parameter::Value<List<String>>',
      default: settings.subnetIdsParameter,
    });
    const group = new CfnSecurityGroup(this, 'SecurityGroup', {
      groupDescription: 'Who may call the private API',
      vpcId,
      securityGroupIngress: settings.allowedCidrs.map((cidrIp) => ({
        cidrIp,
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        description: 'HTTPS',
      })),
      // An endpoint answers and never calls: no address at all to call.
      securityGroupEgress: [
        { cidrIp: '255.255.255.255/32', ipProtocol: 'icmp', fromPort: 252, toPort: 86, description: 'None' },
      ],
    });
    const endpoint = new CfnVPCEndpoint(this, 'Endpoint', {
      vpcEndpointType: 'Interface',
      serviceName: Fn.sub('com.amazonaws.${AWS::Region}.execute-api'),
      vpcId,
      subnetIds: subnetIds.valueAsList,
      securityGroupIds: [group.attrGroupId],
      privateDnsEnabled: true,
    });
    this.vpcEndpointId = endpoint.ref;
  }

  /** Anyone may call who comes by this endpoint; who they are, the API's authorizer says. */
  resourcePolicy(): PolicyDocument {
    // The short form: a policy cannot name the API that it is a part of.
    const resources = ['execute-api:/*'];
    return new PolicyDocument({
      statements: [
        new PolicyStatement({
          principals: [new AnyPrincipal()],
          actions: ['execute-api:Invoke'],
          resources,
          conditions: { StringEquals: { 'aws:SourceVpce': this.vpcEndpointId } },
        }),
        new PolicyStatement({
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions: ['execute-api:Invoke'],
          resources,
          conditions: { StringNotEquals: { 'aws:SourceVpce': this.vpcEndpointId } },
        }),
      ],
    });
  }
}
