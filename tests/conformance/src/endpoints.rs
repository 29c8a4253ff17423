//! The cases of the rules engine: each against the table that the rules became, and where it names operations, with what
//! their inputs and the client's settings make of the parameters.

use crate::params;
use crate::report::Report;
use crate::table::{Service, Suite};
use swage::endpoint_tests::{self, difference};
use swage_client::endpoint::{self, Rules, Settings, params_for};
use swage_client::{Operation, Record};
use swage_codegen::endpoint_rules::{self, EndpointTest};
use swage_codegen::model::{Model, Shape};
use swage_codegen::node::{Entry, Node};

const GROUP: &str = "endpoints";

/// A case.
pub(crate) struct Case<'m> {
    namespace: &'m str,
    service: &'m str,
    table: String,
    test: EndpointTest,
    /// `operationInputs`.
    calls: &'m [Node],
    model: &'m Model,
    client: Option<&'static Service>,
}

impl Case<'_> {
    /// `endpoints/service: what it is about`.
    pub(crate) fn name(&self) -> String {
        format!("{GROUP}/{}", self.id())
    }

    fn id(&self) -> String {
        format!("{}: {}", self.service, self.test.documentation)
    }
}

/// The cases in the model.
pub(crate) fn find<'m>(model: &'m Model, suite: &Suite) -> Result<Vec<Case<'m>>, String> {
    let mut cases = Vec::new();
    for shape in model.shapes.values() {
        if let Some(tests) = shape.traits.get("smithy.rules#endpointTests") {
            cases.extend(of_service(model, shape, tests, suite)?);
        }
    }
    Ok(cases)
}

fn of_service<'m>(
    model: &'m Model,
    shape: &'m Shape,
    tests: &'m Node,
    suite: &Suite,
) -> Result<Vec<Case<'m>>, String> {
    let wrong = |problems: Vec<swage_codegen::Diagnostic>| {
        let problems: Vec<_> = problems
            .into_iter()
            .map(|problem| problem.message)
            .collect();
        format!("{}: {}", shape.id, problems.join("; "))
    };
    let rules =
        endpoint_rules::find(&shape.traits).ok_or_else(|| format!("{}: no rules", shape.id))?;
    let table = endpoint_rules::lower(rules).map_err(wrong)?;
    let nodes = tests.get("testCases").and_then(Node::elements);
    let tests = endpoint_rules::tests(tests).map_err(wrong)?;
    let mut services = suite.services.iter();
    let client = services.find(|service| service.cli.service.id == shape.id.as_str());
    let case = |(test, node): (EndpointTest, &'m Node)| Case {
        namespace: shape.id.namespace(),
        service: shape.id.name(),
        table: table.clone(),
        test,
        calls: node
            .get("operationInputs")
            .and_then(Node::elements)
            .unwrap_or_default(),
        model,
        client,
    };
    Ok(tests
        .into_iter()
        .zip(nodes.unwrap_or_default())
        .map(case)
        .collect())
}

/// Runs the cases.
pub(crate) fn run(cases: &[Case], report: &mut Report) {
    for case in cases {
        let mut problems = of_table(case);
        problems.extend(case.calls.iter().filter_map(|call| problem(case, call)));
        report.ran(GROUP, &case.id(), &problems);
    }
}

/// Errors in the table's endpoint.
fn of_table(case: &Case) -> Vec<String> {
    match endpoint_tests::run(std::slice::from_ref(&case.test), &case.table) {
        Ok(tests) if tests.outdated > 0 => vec!["it is older than AWS's partitions".to_owned()],
        Ok(tests) => tests.failures.into_iter().map(|test| test.label).collect(),
        Err(problem) => vec![problem],
    }
}

/// An error in the endpoint of a call.
fn problem(case: &Case, call: &Node) -> Option<String> {
    let name = call
        .get("operationName")
        .and_then(Node::as_str)
        .unwrap_or_default();
    let Some(operation) = operation(case, name) else {
        return Some(format!("no client was generated for {name}"));
    };
    let rules = match endpoint::rules_of(operation.service) {
        Ok(Some(rules)) => rules,
        Ok(None) => return Some("the client has no rules".to_owned()),
        Err(error) => return Some(format!("{error:?}")),
    };
    resolve(case, call, operation, &rules).map(|problem| format!("{name}: {problem}"))
}

fn operation(case: &Case, name: &str) -> Option<&'static Operation> {
    let commands = case.client?.cli.commands.iter();
    let mut operations = commands.map(swage_cli::Command::operation);
    operations.find(|of| of.name == name)
}

fn resolve(case: &Case, call: &Node, operation: &Operation, rules: &Rules) -> Option<String> {
    let mut input = Record::new(operation.input);
    if let Some(params) = call.get("operationParams")
        && let Err(error) = params::fill(&mut input, params)
    {
        return Some(error.to_string());
    }
    let params = params_for(rules, operation, &input, &settings(case, call));
    difference(&case.test.expect, rules.resolve(&params))
}

/// The client's settings. A call that says nothing of its own is one with the case's params, but for those that the
/// operation fixes.
fn settings(case: &Case, call: &Node) -> Settings {
    let mut settings = Settings::default();
    let given = ["clientParams", "builtInParams", "operationParams"].map(|key| call.get(key));
    for Entry { key, value, .. } in given[..2]
        .iter()
        .flatten()
        .filter_map(|of| of.entries())
        .flatten()
    {
        set(&mut settings, key, value);
    }
    if given.iter().all(Option::is_none) {
        let free = case
            .test
            .params
            .iter()
            .filter(|(name, _)| !is_fixed(case, call, name));
        for (name, value) in free {
            set(&mut settings, name, value);
        }
    }
    settings
}

/// Whether `smithy.rules#staticContextParams` of the call's operation has that name.
fn is_fixed(case: &Case, call: &Node, name: &str) -> bool {
    let operation = call.get("operationName").and_then(Node::as_str);
    let mut shapes = case.model.shapes.values();
    let shape = shapes
        .find(|shape| shape.id.namespace() == case.namespace && Some(shape.id.name()) == operation);
    let fixed = shape.and_then(|shape| shape.traits.get("smithy.rules#staticContextParams"));
    fixed.is_some_and(|fixed| fixed.get(name).is_some())
}

fn set(settings: &mut Settings, name: &str, value: &Node) {
    let text = value.as_str().map(str::to_owned);
    match name {
        "AWS::Region" => settings.region = text,
        "SDK::Endpoint" => settings.endpoint_url = text,
        name => {
            if let Some(value) = endpoint_tests::value(value) {
                settings.params.set(name, value);
            }
        }
    }
}
