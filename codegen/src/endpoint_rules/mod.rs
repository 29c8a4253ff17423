//! Endpoint rule sets, lowered to one text table that the runtime evaluates.
//!
//! Rules come in two forms: `smithy.rules#endpointRuleSet` is a tree, `smithy.rules#endpointBdd` a graph whose
//! nodes are base64. Both become one graph of conditions whose equal parts are shared, written one item a line; the
//! format is described where it is read, in the runtime's `endpoint` module.

mod bdd;
mod cases;
mod check;
mod expression;
mod graph;
mod params;
mod tree;

use crate::diagnostic::Diagnostic;
use crate::model::Traits;
use crate::node::Node;
use check::Problems;
use graph::Graph;

pub use cases::{EndpointTest, Expectation, tests};

/// The first line of a table: format and version.
pub(crate) const FIRST_LINE: &str = "swage-endpoint-rules 1";

/// The rule set in a service's traits. If there are both forms, the tree, whose table reads like the rules that people
/// write.
pub fn find(traits: &Traits) -> Option<&Node> {
    let tree = traits.get("smithy.rules#endpointRuleSet");
    tree.or_else(|| traits.get("smithy.rules#endpointBdd"))
}

/// The endpoint traits of a service.
#[derive(Clone, Debug, Default)]
pub(crate) struct Endpoints {
    /// The table of the rules; empty if there are none.
    pub(crate) rules: String,
    /// The model's own tests of the rules.
    pub(crate) tests: Vec<EndpointTest>,
}

impl Endpoints {
    /// Lowers the rules and reads the tests in a service's traits.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them.
    pub(crate) fn of_service(traits: &Traits) -> Result<Self, Vec<Diagnostic>> {
        let rules = find(traits).map_or(Ok(String::new()), lower);
        let cases = traits.get("smithy.rules#endpointTests");
        let tests = cases.map_or(Ok(Vec::new()), tests);
        match (rules, tests) {
            (Ok(rules), Ok(tests)) => Ok(Self { rules, tests }),
            (rules, tests) => {
                let both = rules.err().into_iter().chain(tests.err());
                Err(both.flatten().collect())
            }
        }
    }
}

/// Lowers a rule set of either form to its table.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn lower(rules: &Node) -> Result<String, Vec<Diagnostic>> {
    let mut problems = Problems::default();
    check_version(rules, &mut problems);
    let (params, names) = params::lower(rules, &mut problems);
    let mut graph = Graph::default();
    let root = if rules.get("nodes").is_some() {
        bdd::build(rules, &names, &mut graph, &mut problems)
    } else {
        tree::build(rules, &names, &mut graph, &mut problems)
    };
    problems.finish(|| format!("{FIRST_LINE}\n{params}{}", graph.write(root)))
}

fn check_version(rules: &Node, problems: &mut Problems) {
    if let Some(version) = problems.string(rules, "version")
        && !version.starts_with("1.")
    {
        let span = rules.get("version").map_or(rules.span, |node| node.span);
        problems.add(
            format!("unsupported version {version:?} of endpoint rules"),
            span,
            "supported is 1.x",
        );
    }
}
