//! Parses words, as `argparse` does.

use super::{Parsed, Parser, Spec, Takes};
use crate::stop::{Stop, invalid_choice, quoted};

/// What a word is to a parser.
#[derive(Clone, Debug)]
enum Class {
    /// A value or a positional argument.
    Word,
    /// The first `--`: no options follow.
    Separator,
    /// An option of the parser: its index, and the value of `--name=value`.
    Known(usize, Option<String>),
    /// An option that the parser doesn't know.
    Unknown,
}

impl Parser<'_> {
    /// Parses all words. Ambiguous options are reported first, then errors in the order of the words, then missing options.
    pub(crate) fn parse(&self, words: Vec<String>) -> Result<Parsed, Stop> {
        let classes = self.classify(&words)?;
        let mut run = Run {
            parser: self,
            words,
            classes,
            at: 0,
            parsed: Parsed::default(),
        };
        run.parsed.positionals = vec![None; self.positionals.len()];
        run.all()?;
        if run.parsed.ended.is_none() {
            self.require(&run.parsed)?;
        }
        Ok(run.parsed)
    }

    fn classify(&self, words: &[String]) -> Result<Vec<Class>, Stop> {
        let mut separated = false;
        words
            .iter()
            .map(|word| match word.as_str() {
                _ if separated => Ok(Class::Word),
                "--" => {
                    separated = true;
                    Ok(Class::Separator)
                }
                word => self.class(word),
            })
            .collect()
    }

    fn class(&self, word: &str) -> Result<Class, Stop> {
        if !word.starts_with('-') {
            return Ok(Class::Word);
        }
        if let Some(index) = self.options.iter().position(|spec| spec.name == word) {
            return Ok(Class::Known(index, None));
        }
        if word.len() == 1 {
            return Ok(Class::Word);
        }
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (word, None),
        };
        if let Some(index) = self.options.iter().position(|spec| spec.name == name) {
            return Ok(Class::Known(index, value));
        }
        match self.abbreviated(name).as_slice() {
            [] => Ok(if is_negative_number(word) || word.contains(' ') {
                Class::Word
            } else {
                Class::Unknown
            }),
            [index] => Ok(Class::Known(*index, value)),
            several => {
                let names: Vec<_> = several
                    .iter()
                    .filter_map(|i| self.options.get(*i))
                    .map(|spec| &*spec.name)
                    .collect();
                Err(Stop::Usage(format!(
                    "ambiguous option: {word} could match {}",
                    names.join(", ")
                )))
            }
        }
    }

    /// The options that `name` abbreviates.
    fn abbreviated(&self, name: &str) -> Vec<usize> {
        let begins = |spec: &Spec| name.starts_with("--") && spec.name.starts_with(name);
        self.options
            .iter()
            .enumerate()
            .filter(|(_, spec)| begins(spec) && !spec.exact)
            .map(|(index, _)| index)
            .collect()
    }

    fn require(&self, parsed: &Parsed) -> Result<(), Stop> {
        let options = self.options.iter().enumerate();
        let options = options
            .filter(|(i, spec)| spec.required && parsed.last(*i).is_none())
            .map(|(_, spec)| &*spec.name);
        let words = self.positionals.iter().zip(&parsed.positionals);
        let words = words
            .filter(|(spec, found)| spec.required && found.is_none())
            .map(|(spec, _)| spec.name);
        let missing: Vec<&str> = options.chain(words).collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(Stop::Usage(format!(
            "the following arguments are required: {}",
            missing.join(", ")
        )))
    }
}

fn is_negative_number(word: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let Some(number) = word.strip_prefix('-') else {
        return false;
    };
    match number.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction) && !fraction.is_empty(),
        None => digits(number) && !number.is_empty(),
    }
}

/// The state of a parser.
struct Run<'a> {
    parser: &'a Parser<'a>,
    words: Vec<String>,
    classes: Vec<Class>,
    at: usize,
    parsed: Parsed,
}

impl Run<'_> {
    fn all(&mut self) -> Result<(), Stop> {
        while let Some(next) = self.next_option() {
            if self.at < next {
                let before = self.at;
                self.take_positionals()?;
                if self.at > before {
                    continue;
                }
                self.leave(next);
            }
            self.take_option()?;
            if self.parsed.ended.is_some() {
                return Ok(());
            }
        }
        self.take_positionals()?;
        self.leave(self.words.len());
        Ok(())
    }

    /// The index of the next option, known or not.
    fn next_option(&self) -> Option<usize> {
        let classes = self.classes.get(self.at..)?;
        let ahead = classes
            .iter()
            .position(|class| matches!(class, Class::Known(..) | Class::Unknown))?;
        Some(self.at + ahead)
    }

    /// Moves the words before `end` to the rest.
    fn leave(&mut self, end: usize) {
        let words = self.words.get(self.at..end).unwrap_or_default();
        self.parsed.rest.extend_from_slice(words);
        self.at = end;
    }

    fn is_word(&self, index: usize) -> bool {
        matches!(self.classes.get(index), Some(Class::Word))
    }

    fn take_option(&mut self) -> Result<(), Stop> {
        let Some(Class::Known(index, attached)) = self.classes.get(self.at).cloned() else {
            self.leave(self.at + 1);
            return Ok(());
        };
        let Some(spec) = self.parser.options.get(index) else {
            return Ok(());
        };
        self.at += 1;
        let words = match (spec.takes, attached) {
            (Takes::Nothing | Takes::Ends, Some(value)) => {
                return Err(
                    spec.error(format_args!("ignored explicit argument {}", quoted(&value)))
                );
            }
            (_, Some(value)) => vec![value],
            (takes, None) => self
                .following(takes)
                .ok_or_else(|| spec.error("expected one argument"))?,
        };
        words.iter().try_for_each(|word| spec.check(word))?;
        if spec.takes == Takes::Ends {
            self.parsed.ended = Some(index);
        }
        self.parsed.found.push((index, words));
        Ok(())
    }

    /// Takes the values of an option; none if a required value is missing.
    fn following(&mut self, takes: Takes) -> Option<Vec<String>> {
        let most = match takes {
            Takes::Nothing | Takes::Ends => 0,
            Takes::One | Takes::OneOrNone | Takes::Optional(_) => 1,
            Takes::Many => usize::MAX,
        };
        let count = (self.at..)
            .take_while(|i| self.is_word(*i))
            .take(most)
            .count();
        let words = self.words.get(self.at..self.at + count)?.to_vec();
        self.at += count;
        match takes {
            Takes::One if words.is_empty() => None,
            Takes::Optional(other) if words.is_empty() => Some(vec![other.to_owned()]),
            _ => Some(words),
        }
    }

    /// Fills positional arguments that have no value yet with the words here.
    fn take_positionals(&mut self) -> Result<(), Stop> {
        let open = self.parsed.positionals.iter().position(Option::is_none);
        for index in open
            .into_iter()
            .flat_map(|first| first..self.parser.positionals.len())
        {
            let Some(spec) = self.parser.positionals.get(index) else {
                break;
            };
            let ahead = self.classes.get(self.at..).unwrap_or_default();
            let separators = ahead
                .iter()
                .take_while(|class| matches!(class, Class::Separator))
                .count();
            if !self.is_word(self.at + separators) {
                if !spec.required {
                    self.at += separators;
                }
                break;
            }
            self.at += separators;
            let word = self.words.get(self.at).cloned().unwrap_or_default();
            self.at += 1;
            // A separator behind a word is dropped with it.
            if matches!(self.classes.get(self.at), Some(Class::Separator)) {
                self.at += 1;
            }
            if !spec.choices.is_empty() && !spec.choices.contains(&word.as_str()) {
                return Err(invalid_choice(spec.name, &word, &spec.choices));
            }
            if let Some(place) = self.parsed.positionals.get_mut(index) {
                *place = Some(word);
            }
        }
        Ok(())
    }
}
