"""Starts MiniStack with what MiniStack 1.5.33 lacks of EMR, of Scheduler, of some resources' names and of a bucket's tags.

EMR's protocol has times as seconds; MiniStack sends text, which no SDK can read. EMR tells the event bus about each change of a
cluster's state; MiniStack's services do so in the same way as here, but for EMR. And MiniStack's IAM takes the clusters that
TerminateJobFlows names, and the state machine that a task token is of, for everything, and each schedule for one of the default
group. It knows no tags of EMR's requests and clusters, no tags and VPC of security groups, and no leading keys of DynamoDB, on which our
permissions depend. Its Scheduler waits
a whole period before it begins with a rate, leaves `<aws.scheduler.scheduled-time>` as it stands, and forgets what it cannot deliver; the
service begins at once, fills the time in, and puts the rest into the dead-letter queue. MiniStack's CloudFormation forgets the tags of
buckets, by which the CDK's own function knows those that it may empty.
"""

import contextvars
import json
import threading
import time
from datetime import datetime, timezone

from ministack.app import main
from ministack.core import iam_actions
from ministack.core.arn import parse_arn
from ministack.core.responses import get_account_id, get_region
from ministack.services import ec2, emr, eventbridge, s3, scheduler, stepfunctions
from ministack.services.cloudformation import provisioners

# EMR's own events come within seconds, but never before the answer to the call that caused them.
EVENT_DELAY_SECONDS = 1.5

FINISHED = {"Code": "ALL_STEPS_COMPLETED", "Message": "Steps completed"}


def announce(cluster):
    status = cluster["Status"]
    reason = status["StateChangeReason"]
    detail = {
        "severity": "INFO",
        "clusterId": cluster["Id"],
        "name": cluster["Name"],
        "state": status["State"],
        "stateChangeReason": json.dumps({"code": reason["Code"], "message": reason["Message"]}),
        "message": f"Amazon EMR cluster {cluster['Id']} ({cluster['Name']}) is now {status['State']}",
    }
    entry = {"Source": "aws.emr", "DetailType": "EMR Cluster State Change", "Detail": json.dumps(detail)}
    # The account and the Region of the request live in the context.
    put = contextvars.copy_context().run
    threading.Timer(EVENT_DELAY_SECONDS, put, (eventbridge._put_events, {"Entries": [entry]}, True)).start()


def with_events(handler):
    def handle(data):
        before = {cluster_id: cluster["Status"]["State"] for cluster_id, cluster in emr._clusters.items()}
        answer = handler(data)
        for cluster_id, cluster in emr._clusters.items():
            if before.get(cluster_id) == cluster["Status"]["State"]:
                continue
            if cluster["Status"]["State"] == "TERMINATED" and cluster_id not in before:
                cluster["Status"]["StateChangeReason"] = dict(FINISHED)
            announce(cluster)
        return answer

    return handle


def with_real_resources(extract):
    def resource_of(service, method, path, headers, body, query_params, region, account_id):
        arn = extract(service, method, path, headers, body, query_params, region, account_id)
        if service in ("elasticmapreduce", "emr"):
            named = json.loads(body).get("JobFlowIds") if body else None
            return f"arn:aws:elasticmapreduce:{region}:{account_id}:cluster/{named[0]}" if named else arn
        if service == "scheduler":
            in_query = query_params.get("groupName", "")
            group = json.loads(body).get("GroupName") if body else in_query[0] if isinstance(in_query, list) else in_query
            return arn.replace(":schedule/default/", f":schedule/{group or 'default'}/")
        if service == "states" and arn == "*" and b"taskToken" in (body or b""):
            # There is one state machine in this account; MiniStack does not keep which a token is of.
            return next(iter(stepfunctions._state_machines.keys()), arn)
        return arn

    return resource_of


def with_tags(create):
    def create_bucket(logical_id, props, stack_name):
        name, attributes = create(logical_id, props, stack_name)
        s3._bucket_tags[name] = {tag["Key"]: tag["Value"] for tag in props.get("Tags", [])}
        return name, attributes

    return create_bucket


def with_emr_tags(context_of):
    def context(service, action, body, params):
        known = context_of(service, action, body, params)
        if service not in ("elasticmapreduce", "emr"):
            return known
        request = json.loads(body or b"{}")
        cluster = emr._clusters.get((request.get("JobFlowIds") or [request.get("ClusterId")])[0]) or {}
        tags = {"RequestTag": request.get("Tags", []), "ResourceTag": cluster.get("Tags", [])}
        ours = {f"elasticmapreduce:{of}/{tag['Key']}": tag["Value"] for of, found in tags.items() for tag in found}
        return {**known, **ours}

    return context


def with_groups(context_of):
    def context(service, action, body, params):
        known = context_of(service, action, body, params)
        group = ec2._security_groups.get(iam_actions._query_param(params, "GroupId")) if service == "ec2" else None
        if group is None:
            return known
        tags = ec2._tags.get(group["GroupId"], [])
        vpc = f"arn:aws:ec2:{get_region()}:{get_account_id()}:vpc/{group['VpcId']}"
        return {**known, "ec2:Vpc": vpc, **{f"aws:ResourceTag/{tag['Key']}": tag["Value"] for tag in tags}}

    return context


def scheduled_time(schedule, now):
    """When an occurrence was due, in whole seconds."""
    begin = scheduler._to_epoch(schedule.get("StartDate")) or schedule.get("CreationDate", now)
    period = eventbridge._parse_rate_seconds(schedule.get("ScheduleExpression", ""))
    due = begin + (now - begin) // period * period if period else now
    return datetime.fromtimestamp(int(due), tz=timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def with_scheduled_delivery(invoke):
    def invoke_target(target, event, rule, view=None):
        if event.get("Source") != "aws.scheduler":
            return invoke(target, event, rule, view)
        text = target.get("Input", "").replace("<aws.scheduler.scheduled-time>", scheduled_time(rule, event["Time"]))
        spec = parse_arn(target["Arn"])
        dead_letters = target.get("DeadLetterConfig", {}).get("Arn")
        if spec.service == "states" and stepfunctions._resolve_state_machine_arn(target["Arn"]) is None and dead_letters:
            return eventbridge._dispatch_to_sqs(parse_arn(dead_letters), text)
        return invoke({**target, "Input": text}, event, rule, view)

    return invoke_target


def with_first_occurrence(tick):
    def tick_schedules():
        for key, schedule in list(scheduler._schedules._data.items()):
            if schedule.get("ScheduleExpression", "").startswith("rate("):
                scheduler._schedule_last_fired.setdefault(key, 0)
        tick()

    return tick_schedules


def with_leading_keys(context_of):
    def context(body):
        request = json.loads(body or b"{}")
        key = (request.get("Item") or request.get("Key") or {}).get("pk", {}).get("S")
        return {**context_of(body), **({"dynamodb:LeadingKeys": [key]} if key else {})}

    return context


bucket = provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]
bucket["create"] = with_tags(bucket["create"])
emr._now_iso = time.time
eventbridge._invoke_target = with_scheduled_delivery(eventbridge._invoke_target)
scheduler._tick_schedules = with_first_occurrence(scheduler._tick_schedules)
iam_actions.request_tag_context = with_groups(with_emr_tags(iam_actions.request_tag_context))
iam_actions.dynamodb_service_context = with_leading_keys(iam_actions.dynamodb_service_context)
iam_actions.extract_resource_arn = with_real_resources(iam_actions.extract_resource_arn)
for action in ("RunJobFlow", "TerminateJobFlows"):
    emr._HANDLERS[action] = with_events(emr._HANDLERS[action])

main()
