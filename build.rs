//! Compiles the screens in `ui/` with their fonts, icons and translations built in.

use slint_build::{CompilerConfiguration, DefaultTranslationContext, EmbedResourcesKind};

fn main() -> Result<(), slint_build::CompileError> {
    let mut config = CompilerConfiguration::new()
        .embed_resources(EmbedResourcesKind::EmbedFiles)
        .with_bundled_translations("locales")
        // One message, one translation: the phone pages and documents share the catalogue.
        .with_default_translation_context(DefaultTranslationContext::None);
    // Tests find elements by id, which needs the elements' names in the binary.
    if std::env::var("PROFILE").as_deref() != Ok("release") {
        config = config.with_debug_info(true);
    }
    slint_build::compile_with_config("ui/app.slint", config)
}
