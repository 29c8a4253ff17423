//! Pages as a stream.

use super::intercept::{Erased, Typed};
use super::{Client, page_token};
use crate::error::{DecodeError, Failure, ResponseError};
use crate::operation::Operation;
use crate::record::Any;
use crate::shape::Shape;
use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The items of a page, where `@paginated` names them. Generated outputs implement it.
pub trait PageItems {
    /// An element of the list, or key and value of an entry of the map.
    type Item;

    /// The items; none when the page has none.
    fn into_items(self) -> Vec<Self::Item>;
}

/// All pages of an operation: [`Paginator::send`] and [`Paginator::pages`] give them, [`Paginator::items`] their items.
pub struct Paginator<I, O, E> {
    cursor: Cursor<I>,
    made: PhantomData<fn() -> (O, E)>,
}

/// Where a walk over pages stands.
struct Cursor<I> {
    client: Client,
    operation: &'static Operation,
    input: I,
    /// A copy of the input for one page; none if it has a stream.
    copy: fn(&I) -> Option<I>,
    stop_on_duplicate_token: bool,
    /// Why the last token can't be sent.
    unfit: Option<DecodeError>,
}

impl<I, O, E> fmt::Debug for Paginator<I, O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paginator")
            .field("operation", &self.cursor.operation.name)
            .finish_non_exhaustive()
    }
}

impl<I, O, E> Paginator<I, O, E>
where
    I: Shape + fmt::Debug + Unpin + 'static,
    O: Shape + fmt::Debug + 'static,
    E: From<Failure> + Erased + 'static,
{
    /// The pages that begin with what this input asks for. `copy` copies an input unless it has a stream.
    #[doc(hidden)]
    pub fn new(
        client: &Client,
        operation: &'static Operation,
        input: I,
        copy: fn(&I) -> Option<I>,
    ) -> Self {
        Self {
            cursor: Cursor {
                client: client.clone(),
                operation,
                input,
                copy,
                stop_on_duplicate_token: true,
                unfit: None,
            },
            made: PhantomData,
        }
    }

    /// Sets how many items a page has at most, where `@paginated` names a member for that; otherwise does nothing.
    #[must_use]
    pub fn page_size(mut self, size: impl Into<i64>) -> Self {
        if let Some(pagination) = self.cursor.operation.pagination() {
            let size = Any::Number(size.into().to_string());
            // Without such a member there are only the service's own sizes.
            let _ = page_token::put(&mut self.cursor.input, pagination.page_size, size);
        }
        self
    }

    /// Sets whether the pages end when the service returns the token that was sent to it, be it the caller's own first
    /// one. Default: true. Some operations, such as those that follow a log, return the same token until there is more:
    /// with `false` the stream goes on asking.
    #[must_use]
    pub fn stop_on_duplicate_token(mut self, stop: bool) -> Self {
        self.cursor.stop_on_duplicate_token = stop;
        self
    }

    /// Returns the pages. Nothing is sent before the stream is polled.
    pub fn send(self) -> PaginationStream<Result<O, E>>
    where
        O: Send,
        E: Send,
    {
        stream(self.pages())
    }

    /// Returns the pages as a `Stream`. Nothing is sent before it is polled.
    pub fn pages(self) -> Pages<I, O, E> {
        Pages {
            state: State::Ready(Box::new(self.cursor)),
        }
    }

    /// Returns the items of all pages.
    pub fn items(self) -> Items<I, O, E>
    where
        O: PageItems,
    {
        Items {
            pages: self.pages(),
            ready: VecDeque::new(),
        }
    }
}

/// A stream in the official crates' form.
fn stream<S>(mut all: S) -> PaginationStream<S::Item>
where
    S: Stream<Item: Send> + Send + Unpin + 'static,
{
    PaginationStream::new(FnStream::new(|sender| {
        Box::pin(async move {
            while let Some(next) = poll_fn(|cx| Pin::new(&mut all).poll_next(cx)).await {
                if sender.send(next).await.is_err() {
                    return;
                }
            }
        })
    }))
}

type Calling<I, O, E> =
    Pin<Box<dyn Future<Output = (Option<Box<Cursor<I>>>, Result<O, E>)> + Send>>;

enum State<I, O, E> {
    Ready(Box<Cursor<I>>),
    Calling(Calling<I, O, E>),
    Done,
}

/// The pages of an operation: a `Stream`.
pub struct Pages<I, O, E> {
    state: State<I, O, E>,
}

impl<I, O, E> Stream for Pages<I, O, E>
where
    I: Shape + fmt::Debug + Unpin + 'static,
    O: Shape + fmt::Debug + 'static,
    E: From<Failure> + Erased + 'static,
{
    type Item = Result<O, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Ready(cursor) => self.state = State::Calling(Box::pin(cursor.page())),
                State::Calling(mut call) => match call.as_mut().poll(cx) {
                    Poll::Pending => {
                        self.state = State::Calling(call);
                        return Poll::Pending;
                    }
                    Poll::Ready((next, page)) => {
                        self.state = next.map_or(State::Done, State::Ready);
                        return Poll::Ready(Some(page));
                    }
                },
            }
        }
    }
}

impl<I: Shape + fmt::Debug + 'static> Cursor<I> {
    /// A page, and the walk from there on: none at the end.
    async fn page<O: Shape + fmt::Debug + 'static, E: From<Failure> + Erased>(
        mut self: Box<Self>,
    ) -> (Option<Box<Self>>, Result<O, E>) {
        if let Some(error) = self.unfit.take() {
            return (None, Err(unfit_token(error).into()));
        }
        let copy = (self.copy)(&self.input);
        let is_copy = copy.is_some();
        let sent = copy.unwrap_or_else(|| std::mem::replace(&mut self.input, I::blank()));
        let (mut sent, mut output) = (Typed::<I, E>::new(sent), Typed::<O, E>::new(O::blank()));
        let call = self
            .client
            .inner
            .call(self.operation, &mut sent, &mut output);
        if let Err(failure) = call.await {
            return (None, Err(failure.into()));
        }
        if !is_copy {
            self.input = sent.value;
        }
        let output = output.value;
        let more = self.advance(&output);
        (more.then_some(self), Ok(output))
    }

    /// Asks for the page after this one; false when there is none.
    fn advance(&mut self, output: &dyn Shape) -> bool {
        let Some(pagination) = self.operation.pagination() else {
            return false;
        };
        let more = pagination.more_results;
        if !more.is_empty() && page_token::find(output, more).is_none() {
            return false;
        }
        let Some(token) = page_token::find(output, pagination.output_token) else {
            return false;
        };
        let sent = page_token::find(&self.input, pagination.input_token);
        let put = page_token::put(&mut self.input, pagination.input_token, token);
        self.unfit = put.err().map(|error| error.within(pagination.input_token));
        let is_duplicate = sent == page_token::find(&self.input, pagination.input_token);
        self.unfit.is_some() || !(is_duplicate && self.stop_on_duplicate_token)
    }
}

fn unfit_token(error: DecodeError) -> Failure {
    Failure::Response(ResponseError::new(error, 200))
}

/// The items of all pages of an operation: a `Stream`.
pub struct Items<I, O: PageItems, E> {
    pages: Pages<I, O, E>,
    ready: VecDeque<O::Item>,
}

impl<I, O, E> Items<I, O, E>
where
    I: Shape + fmt::Debug + Unpin + 'static,
    O: Shape + fmt::Debug + PageItems + 'static,
    O::Item: Unpin + Send + 'static,
    E: From<Failure> + Erased + Send + 'static,
{
    /// Returns the items in the form of the official crates. It is a `Stream` itself, too.
    pub fn send(self) -> PaginationStream<Result<O::Item, E>> {
        stream(self)
    }
}

impl<I, O, E> Stream for Items<I, O, E>
where
    I: Shape + fmt::Debug + Unpin + 'static,
    O: Shape + fmt::Debug + PageItems + 'static,
    O::Item: Unpin,
    E: From<Failure> + Erased + 'static,
{
    type Item = Result<O::Item, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => self.ready.extend(page.into_items()),
            }
        }
    }
}

/// `next` and `try_collect`, so that walking needs no other crate.
macro_rules! walk {
    ($stream:ident, $item:ty $(, $bound:path)?) => {
        impl<I, O, E> $stream<I, O, E>
        where
            I: Shape + Unpin + 'static,
            O: Shape $(+ $bound)? + 'static,
            E: From<Failure> + Erased + 'static,
            Self: Stream<Item = Result<$item, E>> + Unpin,
        {
            /// The next one; none at the end.
            pub async fn next(&mut self) -> Option<Result<$item, E>> {
                poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
            }

            /// The next one; none at the end.
            ///
            /// # Errors
            ///
            /// A call failed. Nothing comes after an error.
            pub async fn try_next(&mut self) -> Result<Option<$item>, E> {
                self.next().await.transpose()
            }

            /// Collects all of them, as in a `Result<Vec<_>, _>`. Nothing comes after an error.
            pub async fn collect<T: FromIterator<Result<$item, E>>>(mut self) -> T {
                let mut all = Vec::new();
                while let Some(one) = self.next().await {
                    all.push(one);
                }
                all.into_iter().collect()
            }

            /// All of them.
            ///
            /// # Errors
            ///
            /// The first call that failed.
            pub async fn try_collect(mut self) -> Result<Vec<$item>, E> {
                let mut all = Vec::new();
                while let Some(one) = self.try_next().await? {
                    all.push(one);
                }
                Ok(all)
            }
        }
    };
}
walk!(Pages, O);
walk!(Items, O::Item, PageItems);

impl<I, O, E> fmt::Debug for Pages<I, O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

impl<I, O: PageItems, E> fmt::Debug for Items<I, O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}
