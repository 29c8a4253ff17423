//! Timestamps in all forms that the AWS CLI accepts: seconds since 1970, ISO 8601, RFC 822, and
//! informal ones. The default time zone is UTC.

use aws_smithy_types::DateTime;

/// Parses a timestamp; `None` if it is invalid.
pub fn parse(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return seconds.is_finite().then(|| epoch(text, seconds));
    }
    let mut moment = Moment::default();
    let mut words = Words { rest: text };
    while let Some(word) = words.next() {
        moment.word(word, &mut words)?;
    }
    moment.date_time()
}

fn epoch(text: &str, seconds: f64) -> DateTime {
    match text.parse::<i64>() {
        Ok(whole) => DateTime::from_secs(whole),
        Err(_) => DateTime::from_secs_f64(seconds),
    }
}

/// A run of digits, a run of letters, or one other character.
#[derive(Clone, Copy)]
enum Word<'a> {
    Digits(&'a str),
    Letters(&'a str),
    Other(char),
}

struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    fn run(&mut self, of: fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !of(c)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        run
    }

    fn next(&mut self) -> Option<Word<'a>> {
        let c = self.rest.chars().next()?;
        Some(if c.is_ascii_digit() {
            Word::Digits(self.run(|c| c.is_ascii_digit()))
        } else if c.is_alphabetic() {
            Word::Letters(self.run(char::is_alphabetic))
        } else {
            self.rest = &self.rest[c.len_utf8()..];
            Word::Other(c)
        })
    }

    fn pass(&mut self, c: char) -> bool {
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn digits(&mut self) -> &'a str {
        self.run(|c| c.is_ascii_digit())
    }
}

/// The parts that have been parsed.
#[derive(Default)]
struct Moment {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    time: Option<(i64, i64, i64)>,
    nanos: u32,
    afternoon: Option<bool>,
    /// Seconds east of UTC.
    offset: i64,
}

impl Moment {
    fn word(&mut self, word: Word<'_>, words: &mut Words<'_>) -> Option<()> {
        match word {
            Word::Other(' ' | ',' | '\t') => Some(()),
            Word::Other(sign @ ('+' | '-')) if self.time.is_some() => self.zone(sign, words),
            Word::Other(_) => None,
            Word::Letters(name) => self.name(name),
            Word::Digits(digits) => self.number(digits, words),
        }
    }

    fn name(&mut self, name: &str) -> Option<()> {
        const MONTHS: [&str; 12] = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ];
        const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let name = name.to_ascii_lowercase();
        let start = name.get(..3).unwrap_or(&name);
        match name.as_str() {
            "t" | "z" | "utc" | "gmt" | "at" | "of" | "st" | "nd" | "rd" | "th" => {}
            "am" | "pm" => self.afternoon = Some(name == "pm"),
            _ if DAYS.contains(&start) => {}
            _ => {
                self.month =
                    Some(i64::try_from(MONTHS.iter().position(|month| *month == start)?).ok()? + 1);
            }
        }
        Some(())
    }

    /// A number: part of a date or a time, depending on what follows.
    fn number(&mut self, digits: &str, words: &mut Words<'_>) -> Option<()> {
        let number: i64 = digits.parse().ok()?;
        if words.rest.starts_with(':') || (self.complete() && self.time.is_none()) {
            return self.clock(digits, words);
        }
        if let Some(separator @ ('-' | '/' | '.')) = words.rest.chars().next()
            && self.day.is_none()
            && self.year.is_none()
        {
            return self.date(digits, separator, words);
        }
        match digits.len() {
            8 if !self.complete() => {
                self.year = digits.get(..4)?.parse().ok();
                self.month = digits.get(4..6)?.parse().ok();
                self.day = digits.get(6..)?.parse().ok();
            }
            4 => self.year = Some(number),
            1 | 2 if self.day.is_none() => self.day = Some(number),
            1 | 2 if self.year.is_none() => {
                self.year = Some(if number < 69 { 2000 } else { 1900 } + number);
            }
            _ => return None,
        }
        Some(())
    }

    fn complete(&self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// `2020-01-02`, `2020/01/02`, `01/02/2020` (the month first, unless it can't be one), `02-Jan-2020`.
    fn date(&mut self, first: &str, separator: char, words: &mut Words<'_>) -> Option<()> {
        let mut parts = vec![first];
        while words.pass(separator) {
            match words.next()? {
                Word::Digits(digits) => parts.push(digits),
                Word::Letters(month) => self.name(month)?,
                Word::Other(_) => return None,
            }
        }
        let number = |i: usize| {
            parts
                .get(i)
                .and_then(|part: &&str| part.parse::<i64>().ok())
        };
        let (year, month, day) = match (first.len(), self.month) {
            (4, Some(month)) => (number(0)?, month, number(1)?),
            (4, None) => (number(0)?, number(1)?, number(2).unwrap_or(1)),
            (_, Some(month)) => (number(1)?, month, number(0)?),
            (_, None) if number(0)? > 12 => (number(2)?, number(1)?, number(0)?),
            (_, None) => (number(2)?, number(0)?, number(1)?),
        };
        (self.year, self.month, self.day) = (Some(year), Some(month), Some(day));
        Some(())
    }

    /// `10:20`, `10:20:30.5`, `102030`, `1020`, `10`.
    fn clock(&mut self, digits: &str, words: &mut Words<'_>) -> Option<()> {
        let (hour, minute, second) = if words.pass(':') {
            let minute = words.digits();
            (
                digits,
                minute,
                if words.pass(':') { words.digits() } else { "0" },
            )
        } else {
            let part = |from: usize| digits.get(from..from + 2).unwrap_or("0");
            (digits.get(..2).unwrap_or(digits), part(2), part(4))
        };
        if words.pass('.') || words.pass(',') {
            let fraction: String = words
                .digits()
                .chars()
                .chain("000000000".chars())
                .take(9)
                .collect();
            self.nanos = fraction.parse().ok()?;
        }
        self.time = Some((
            hour.parse().ok()?,
            minute.parse().ok()?,
            second.parse().ok()?,
        ));
        Some(())
    }

    /// `+01:00`, `+0100`, `+01`.
    fn zone(&mut self, sign: char, words: &mut Words<'_>) -> Option<()> {
        let digits = words.digits();
        let (hours, minutes) = match digits.len() {
            1 | 2 if words.pass(':') => (digits, words.digits()),
            1 | 2 => (digits, "0"),
            4 => digits.split_at(2),
            _ => return None,
        };
        let number = |digits: &str| digits.parse::<u32>().ok().map(i64::from);
        let seconds = number(hours)? * 3600 + number(minutes)? * 60;
        self.offset = if sign == '-' { -seconds } else { seconds };
        Some(())
    }

    fn date_time(self) -> Option<DateTime> {
        let (mut hour, minute, second) = self.time.unwrap_or_default();
        if let Some(afternoon) = self.afternoon {
            hour = hour % 12 + if afternoon { 12 } else { 0 };
        }
        let (year, month, day) = match (self.year, self.month, self.day) {
            (None, None, None) if self.time.is_none() => return None,
            (year, month, day) => {
                let today = today();
                (
                    year.unwrap_or(today.0),
                    month.unwrap_or(today.1),
                    day.unwrap_or(today.2),
                )
            }
        };
        let fits = (0..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day)
            && (0..24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..61).contains(&second);
        fits.then(|| {
            let time = hour * 3600 + minute * 60 + second - self.offset;
            DateTime::from_secs_and_nanos(days(year, month, day) * 86_400 + time, self.nanos)
        })
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    days(if month == 12 { year + 1 } else { year }, month % 12 + 1, 1) - days(year, month, 1)
}

/// Days from 1970-01-01, in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years start in March, so that the leap day is the last day.
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
        - 719_469
}

/// Today in UTC, the default for missing parts.
fn today() -> (i64, i64, i64) {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let today = i64::try_from(now.as_secs() / 86_400).unwrap_or_default();
    let mut year = 1970 + today / 366;
    while days(year + 1, 1, 1) <= today {
        year += 1;
    }
    let month = (1..=12)
        .rev()
        .find(|month| days(year, *month, 1) <= today)
        .unwrap_or(1);
    (year, month, today - days(year, month, 1) + 1)
}
