//! Breaks lines exactly as prettyplease does: Oppen's algorithm, over a whole item at once.
//!
//! An item is a sequence of words, groups, and places where a line may break. A group stays on one line if it fits, together
//! with what follows it up to the next place. Otherwise all its places break, or, in a filled group, those that have to.

/// The width of a line in bytes.
const WIDTH: isize = 89;
/// A line has at least this much room, however deep it is indented.
const MIN_WIDTH: isize = 60;
/// Wider than any line.
const INFINITE: isize = 0xffff;
pub(super) const INDENT: isize = 4;
const SPACES: &str = "                                                                ";

/// An item before its lines are broken.
#[derive(Default)]
pub(super) struct Layout {
    /// All words, one after the other.
    text: String,
    parts: Vec<Part>,
    /// The width of everything so far, on one line.
    width: isize,
    /// Groups and places whose width isn't known yet, and for each open group, where in there it begins.
    pending: Vec<usize>,
    open: Vec<Opened>,
}

struct Part {
    kind: Kind,
    /// The width before it. Once known, the width of a group or place with what follows up to the next place.
    width: isize,
}

#[derive(Clone, Copy)]
enum Kind {
    /// The next bytes of the text.
    Word(usize),
    Place(Place),
    Open(Group),
    Close,
    /// Where a group may begin, see [`Layout::mark`].
    Mark,
}

#[derive(Clone, Copy, Default)]
struct Place {
    /// The spaces if the line doesn't break.
    blank: isize,
    offset: isize,
    /// Whether a comma ends the line if it breaks.
    comma: bool,
    never: bool,
}

#[derive(Clone, Copy)]
struct Group {
    indent: isize,
    is_filled: bool,
}

struct Opened {
    part: usize,
    pending: usize,
}

/// A place in front of which a group may begin later.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    part: usize,
    pending: usize,
}

impl Layout {
    /// A word, which no line break divides.
    pub(super) fn word(&mut self, word: &str) {
        self.text.push_str(word);
        self.written(word.len());
    }

    /// Writes a word that [`Self::written`] adds later, before any other. Returns its length.
    pub(super) fn write(&mut self, word: &str) -> usize {
        self.text.push_str(word);
        word.len()
    }

    /// Adds what was written.
    pub(super) fn written(&mut self, length: usize) {
        self.push(Kind::Word(length));
        self.width += length.cast_signed();
    }

    /// The end of what was written.
    pub(super) fn last_bytes(&self, length: usize) -> &str {
        &self.text[self.text.len() - length..]
    }

    /// A place for a line break, or a space.
    pub(super) fn space(&mut self) {
        self.place(Place {
            blank: 1,
            ..Place::default()
        });
    }

    /// A place for a line break, or nothing.
    pub(super) fn nothing(&mut self) {
        self.place(Place::default());
    }

    /// A line break.
    pub(super) fn line(&mut self) {
        self.place(Place {
            blank: INFINITE,
            ..Place::default()
        });
    }

    /// A place that never breaks, which separates the widths before and after it.
    pub(super) fn never(&mut self) {
        self.place(Place {
            never: true,
            ..Place::default()
        });
    }

    /// A comma and a place between elements; after the last one, a comma only if the line breaks, otherwise `blank` spaces.
    pub(super) fn comma(&mut self, is_last: bool, blank: isize) {
        if is_last {
            self.place(Place {
                blank,
                comma: true,
                ..Place::default()
            });
        } else {
            self.word(",");
            self.space();
        }
    }

    /// Makes the last place end the indentation of its group.
    pub(super) fn dedent(&mut self) {
        if let Some(Part {
            kind: Kind::Place(place),
            ..
        }) = self.parts.last_mut()
        {
            place.offset -= INDENT;
        }
    }

    /// Opens a group.
    pub(super) fn open(&mut self, indent: isize) {
        self.open_group(Group {
            indent,
            is_filled: false,
        });
    }

    /// Opens a filled group.
    pub(super) fn open_filled(&mut self, indent: isize) {
        self.open_group(Group {
            indent,
            is_filled: true,
        });
    }

    fn open_group(&mut self, group: Group) {
        let mark = self.mark();
        self.parts[mark.part].kind = Kind::Open(group);
        self.opened(mark);
    }

    /// Remembers where [`Self::open_at`] can open a group.
    pub(super) fn mark(&mut self) -> Mark {
        self.push(Kind::Mark);
        Mark {
            part: self.parts.len() - 1,
            pending: self.pending.len(),
        }
    }

    /// Opens a group that began at a mark. All groups that were opened since then are closed.
    pub(super) fn open_at(&mut self, mark: Mark, indent: isize) {
        self.parts[mark.part].kind = Kind::Open(Group {
            indent,
            is_filled: false,
        });
        self.opened(mark);
    }

    fn opened(&mut self, mark: Mark) {
        self.open.push(Opened {
            part: mark.part,
            pending: mark.pending,
        });
    }

    /// Closes the group that was opened last. One with nothing but a place is left out.
    pub(super) fn close(&mut self) {
        let Some(opened) = self.open.pop() else {
            return;
        };
        if let [
            ..,
            _,
            Part {
                kind: Kind::Place(place),
                ..
            },
        ] = self.parts.as_slice()
            && self.parts.len() == opened.part + 2
        {
            self.width -= place.blank;
            self.parts.truncate(opened.part);
            self.pending.truncate(opened.pending);
            return;
        }
        self.push(Kind::Close);
        self.pending.push(opened.part);
    }

    /// Makes the group that was opened last break if it is wider than that.
    pub(super) fn break_if_wider(&mut self, width: isize) {
        let before = self.open.last().map(|opened| self.parts[opened.part].width);
        if before.is_some_and(|before| self.width - before > width) {
            self.width += INFINITE;
        }
    }

    fn place(&mut self, place: Place) {
        let from = self.open.last().map_or(0, |opened| opened.pending);
        self.settle(from);
        self.push(Kind::Place(place));
        self.pending.push(self.parts.len() - 1);
        self.width += place.blank;
    }

    /// The next place is here: what is pending has its width.
    fn settle(&mut self, from: usize) {
        for index in self.pending.drain(from..) {
            let part = &mut self.parts[index];
            part.width = self.width - part.width;
        }
    }

    fn push(&mut self, kind: Kind) {
        self.parts.push(Part {
            kind,
            width: self.width,
        });
    }

    /// Breaks the lines, appends them to a text, and is empty again.
    pub(super) fn print(&mut self, out: &mut String) {
        self.settle(0);
        let mut lines = Lines {
            out,
            room: WIDTH,
            indent: 0,
            spaces: 0,
            groups: Vec::new(),
        };
        let mut text = self.text.as_str();
        for part in &self.parts {
            match part.kind {
                Kind::Word(length) => {
                    let (word, rest) = text.split_at(length);
                    lines.word(word);
                    text = rest;
                }
                Kind::Place(place) => lines.place(place, part.width),
                Kind::Open(group) => lines.open(group, part.width),
                Kind::Close => lines.close(),
                Kind::Mark => {}
            }
        }
        self.clear();
    }

    /// Discards everything that was written.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.parts.clear();
        self.pending.clear();
        self.open.clear();
        self.width = 0;
    }
}

/// The lines that are being written.
struct Lines<'o> {
    out: &'o mut String,
    /// What is left of this line.
    room: isize,
    indent: isize,
    /// Spaces before the next word, so that none end a line.
    spaces: usize,
    groups: Vec<OpenGroup>,
}

/// A group that is being written.
enum OpenGroup {
    /// On one line.
    Fits,
    /// On several lines; the indentation outside.
    Broken { outside: isize, is_filled: bool },
}

impl Lines<'_> {
    fn word(&mut self, word: &str) {
        while self.spaces > 0 {
            let count = self.spaces.min(SPACES.len());
            self.out.push_str(&SPACES[..count]);
            self.spaces -= count;
        }
        self.out.push_str(word);
        self.room -= word.len().cast_signed();
    }

    fn place(&mut self, place: Place, width: isize) {
        let stays = place.never
            || match self.groups.last() {
                Some(OpenGroup::Fits) => true,
                Some(OpenGroup::Broken { is_filled, .. }) => *is_filled && width <= self.room,
                None => width <= self.room,
            };
        if stays {
            self.spaces += place.blank.cast_unsigned();
            self.room -= place.blank;
            return;
        }
        if place.comma {
            self.word(",");
        }
        self.out.push('\n');
        let indent = self.indent + place.offset;
        self.spaces = usize::try_from(indent).unwrap_or(0);
        self.room = (WIDTH - indent).max(MIN_WIDTH);
    }

    fn open(&mut self, group: Group, width: isize) {
        self.groups.push(if width > self.room {
            let outside = self.indent;
            self.indent += group.indent;
            OpenGroup::Broken {
                outside,
                is_filled: group.is_filled,
            }
        } else {
            OpenGroup::Fits
        });
    }

    fn close(&mut self) {
        if let Some(OpenGroup::Broken { outside, .. }) = self.groups.pop() {
            self.indent = outside;
        }
    }
}
