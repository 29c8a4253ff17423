//! Authentication scheme resolvers: the module `config::auth` of a generated crate.

pub use crate::client::config::auth_schemes::{
    BuildError, Params, ParamsBuilder, ResolveAuthScheme, modeled,
};

/// Makes the module `auth`, for the service of that static.
#[doc(hidden)]
#[macro_export]
macro_rules! auth_schemes {
    ($service:path) => {
        /// Authentication schemes, and what chooses them.
        pub mod auth {
            use super::*;
            pub use $crate::__private::config::auth_schemes::{
                BuildError, Params, ParamsBuilder, ResolveAuthScheme,
            };

            /// Chooses the schemes that the model has for an operation.
            #[derive(Debug, Default)]
            pub struct DefaultAuthSchemeResolver(());

            impl ResolveAuthScheme for DefaultAuthSchemeResolver {
                fn resolve_auth_scheme<'a>(
                    &'a self,
                    params: &'a Params,
                    _config: &'a ConfigBag,
                    _components: &'a RuntimeComponents,
                ) -> $crate::__private::config::AuthSchemeOptionsFuture<'a> {
                    let schemes =
                        $crate::__private::config::auth_schemes::modeled(&$service, params);
                    $crate::__private::config::AuthSchemeOptionsFuture::ready(
                        ::core::result::Result::Ok(schemes),
                    )
                }
            }
        }
    };
}
