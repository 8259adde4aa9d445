"""The two halves of a deployment rehearsal around the CDK's command line; rehearse-deployment.sh runs them.

    rehearsal.py leave-out ASSEMBLY   takes out of the assembly's templates what moto cannot make (LEFT_OUT), and says so
    rehearsal.py compare ASSEMBLY...  compares each stack's resources with its template; exits with 1 where they differ
"""

import json
import sys
from pathlib import Path

# Resource types that moto 5.2.5's CloudFormation does not make. It skips them with a warning, and what refers to one of them then
# fails or is empty; here they are left out by name and references to them become texts. docs/deployment.md says what covers each.
LEFT_OUT = {
    "AWS::ApiGateway::Account",
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGateway::GatewayResponse",
    "AWS::ApiGateway::Stage",
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Stage",
    "AWS::Lambda::Url",
    "AWS::SQS::QueuePolicy",
    "AWS::SecretsManager::Secret",
}

# Types that moto knows: the first two failed while the authorizer that they name is left out, permissions are missing from the stack's list.
DEPENDENT = {"AWS::ApiGateway::Method", "AWS::ApiGateway::Deployment", "AWS::Lambda::Permission"}

# Properties that moto reads in another form than CloudFormation: there tags of a parameter are an object, in moto a list.
LEFT_OUT_PROPERTIES = {"AWS::SSM::Parameter": {"Tags"}}


def templates(assembly):
    """The assembly's templates, by stack name."""
    return {path.name.removesuffix(".template.json"): path for path in Path(assembly).glob("*.template.json")}


def is_left_out(resource):
    return resource["Type"] in LEFT_OUT | DEPENDENT


def without(value, gone):
    """The value with references to resources that are gone replaced by texts in the form of an ARN."""
    if isinstance(value, list):
        return [without(item, gone) for item in value]
    if not isinstance(value, dict):
        return value
    target = value.get("Ref") or (value.get("Fn::GetAtt") or [None])[0]
    if len(value) == 1 and target in gone:
        return f"arn:aws:rehearsal:eu-central-1:123456789012:{target}"
    changed = {key: without(item, gone) for key, item in value.items()}
    depends = changed.get("DependsOn")
    if isinstance(depends, list):
        changed["DependsOn"] = [name for name in depends if name not in gone]
    elif depends in gone:
        del changed["DependsOn"]
    return changed


def leave_out(assembly):
    for stack, path in templates(assembly).items():
        path.with_suffix(".whole").write_text(path.read_text())
        template = json.loads(path.read_text())
        gone = {name for name, resource in template["Resources"].items() if is_left_out(resource)}
        counts = {}
        for name in gone:
            kind = template["Resources"].pop(name)["Type"]
            counts[kind] = counts.get(kind, 0) + 1
        for resource in template["Resources"].values():
            for name in LEFT_OUT_PROPERTIES.get(resource["Type"], ()):
                resource["Properties"].pop(name, None)
        path.write_text(json.dumps(without(template, gone)))
        for kind, count in sorted(counts.items()):
            print(f"left out of {stack}: {count} {kind}")


def compare(assemblies):
    import boto3
    from moto.cloudformation.parsing import get_model_map
    from moto.server import main as _load_all_backends  # noqa: F401  the model map fills as backends are imported

    cloudformation = boto3.client("cloudformation")
    wrong = 0
    for assembly in assemblies:
        for stack, path in templates(assembly).items():
            whole = json.loads(path.with_suffix(".whole").read_text())["Resources"]
            expected = {name: r["Type"] for name, r in whole.items() if not is_left_out(r)}
            pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
            made = {
                r["LogicalResourceId"]: r["ResourceType"]
                for page in pages
                for r in page["StackResourceSummaries"]
                if r["ResourceStatus"].endswith("_COMPLETE") and r.get("PhysicalResourceId")
            }
            for name in sorted(expected.keys() | made.keys()):
                if expected.get(name) != made.get(name):
                    wrong += 1
                    print(f"{stack}: {name} is {made.get(name)}, and {expected.get(name)} in the template")
            status = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
            if status != "CREATE_COMPLETE":
                wrong += 1
            left_out = len(whole) - len(expected)
            print(f"{stack}: {status}, {len(made)} of {len(whole)} resources made, {left_out} left out by name")
    stale = LEFT_OUT & get_model_map().keys()
    if stale:
        print(f"moto makes these by now, leave them in: {', '.join(sorted(stale))}")
    return 1 if wrong or stale else 0


if __name__ == "__main__":
    command, *assemblies = sys.argv[1:]
    sys.exit(compare(assemblies) if command == "compare" else leave_out(*assemblies))
