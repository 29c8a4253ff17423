//! The commands that the AWS CLI writes by hand. They aren't operations, so a program made from models doesn't have them:
//! their names lead to an error that says which operation is nearest.

use crate::stop::Stop;
use swage_client::pack::PackedService;

/// The commands: service, command (empty: all of them), and what to call instead.
const COMMANDS: &[(&str, &str, &str)] = &[
    (
        "s3",
        "",
        "s3api, such as `s3api list-objects-v2`, `s3api get-object` or `s3api put-object`",
    ),
    (
        "configure",
        "",
        "an editor: profiles are in ~/.aws/config and ~/.aws/credentials",
    ),
    (
        "history",
        "",
        "`--debug`, which shows a call while it is made",
    ),
    (
        "cloudformation",
        "package",
        "`s3api put-object` and a template that names the objects",
    ),
    (
        "cloudformation",
        "deploy",
        "`cloudformation create-change-set` and `cloudformation execute-change-set`",
    ),
    (
        "cloudfront",
        "sign",
        "a library that signs URLs: no operation does",
    ),
    (
        "cloudtrail",
        "create-subscription",
        "`cloudtrail create-trail` and `cloudtrail start-logging`",
    ),
    (
        "cloudtrail",
        "update-subscription",
        "`cloudtrail update-trail`",
    ),
    (
        "cloudtrail",
        "validate-logs",
        "`cloudtrail list-public-keys`, which has the keys of the digests",
    ),
    (
        "codeartifact",
        "login",
        "`codeartifact get-authorization-token` and `codeartifact get-repository-endpoint`",
    ),
    (
        "codecommit",
        "credential-helper",
        "git-remote-codecommit: no operation gives credentials for Git",
    ),
    (
        "configservice",
        "subscribe",
        "`configservice put-configuration-recorder` and `configservice put-delivery-channel`",
    ),
    (
        "configservice",
        "get-status",
        "`configservice describe-configuration-recorder-status`",
    ),
    (
        "datapipeline",
        "list-runs",
        "`datapipeline query-objects` and `datapipeline describe-objects`",
    ),
    ("datapipeline", "create-default-roles", "`iam create-role`"),
    (
        "deploy",
        "push",
        "`s3api put-object` and `deploy register-application-revision`",
    ),
    (
        "deploy",
        "register",
        "`deploy register-on-premises-instance`",
    ),
    (
        "deploy",
        "deregister",
        "`deploy deregister-on-premises-instance`",
    ),
    ("deploy", "install", "the installer of the CodeDeploy agent"),
    (
        "deploy",
        "uninstall",
        "the installer of the CodeDeploy agent",
    ),
    (
        "dlm",
        "create-default-role",
        "`iam create-role` and `iam attach-role-policy`",
    ),
    ("ecr", "get-login", "`ecr get-authorization-token`"),
    ("ecr", "get-login-password", "`ecr get-authorization-token`"),
    (
        "ecr-public",
        "get-login-password",
        "`ecr-public get-authorization-token`",
    ),
    (
        "ecs",
        "deploy",
        "`ecs register-task-definition` and `deploy create-deployment`",
    ),
    (
        "eks",
        "update-kubeconfig",
        "`eks describe-cluster`, which has the endpoint and the certificate",
    ),
    (
        "eks",
        "get-token",
        "`sts get-caller-identity`, whose presigned URL is the token",
    ),
    (
        "emr",
        "add-steps",
        "the operation AddJobFlowSteps: `emr add-job-flow-steps`",
    ),
    (
        "emr",
        "create-cluster",
        "the operation RunJobFlow: `emr run-job-flow`",
    ),
    (
        "emr",
        "create-default-roles",
        "`iam create-role` and `iam create-instance-profile`",
    ),
    ("emr", "create-hbase-backup", "`emr add-job-flow-steps`"),
    ("emr", "disable-hbase-backups", "`emr add-job-flow-steps`"),
    ("emr", "get", "ssh's `scp`"),
    ("emr", "install-applications", "`emr add-job-flow-steps`"),
    (
        "emr",
        "modify-cluster-attributes",
        "`emr set-termination-protection` and `emr set-visible-to-all-users`",
    ),
    ("emr", "put", "ssh's `scp`"),
    (
        "emr",
        "restore-from-hbase-backup",
        "`emr add-job-flow-steps`",
    ),
    ("emr", "schedule-hbase-backup", "`emr add-job-flow-steps`"),
    ("emr", "socks", "`ssh -D`"),
    (
        "emr",
        "ssh",
        "`ssh`, with the address of `emr describe-cluster`",
    ),
    (
        "emr",
        "terminate-clusters",
        "the operation TerminateJobFlows: `emr terminate-job-flows`",
    ),
    (
        "emr-containers",
        "update-role-trust-policy",
        "`iam update-assume-role-policy`",
    ),
    (
        "gamelift",
        "get-game-session-log",
        "`gamelift get-game-session-log-url`",
    ),
    (
        "gamelift",
        "upload-build",
        "`gamelift create-build` and `s3api put-object`",
    ),
    (
        "logs",
        "start-live-tail",
        "`logs filter-log-events`: event streams have no commands",
    ),
    (
        "rds",
        "generate-db-auth-token",
        "a library that presigns the action `connect`: no operation does",
    ),
    (
        "servicecatalog",
        "generate",
        "`servicecatalog create-product` and `servicecatalog create-provisioning-artifact`",
    ),
];

/// The error for a command that the AWS CLI writes by hand. Without a command, all commands of the service are.
pub(super) fn command(service: &str, command: Option<&str>) -> Option<Stop> {
    let command = command.unwrap_or_default();
    let mut all = COMMANDS.iter();
    let (.., instead) = all.find(|(of, name, _)| *of == service && *name == command)?;
    let name = format!("{service} {command}");
    Some(Stop::Error(format!(
        "`{}` is a command that the AWS CLI writes by hand. It isn't an operation of a service, so it isn't here.\n\
         Nearest: {instead}",
        name.trim_end()
    )))
}

/// Fails if the word after the service is such a command, and no command of the model.
pub(super) fn check(service: &str, words: &[String], packed: PackedService) -> Result<(), Stop> {
    let word = words.iter().find(|word| !word.starts_with('-'));
    let Some(stop) = word.and_then(|word| command(service, Some(word))) else {
        return Ok(());
    };
    let known = packed.command_called(word.map(String::as_str).unwrap_or_default())?;
    if known.is_some() { Ok(()) } else { Err(stop) }
}
