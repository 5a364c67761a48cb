//! The console blocks of README.md show what the program prints.

#[test]
fn readme_blocks_are_true() {
    trycmd::TestCases::new().case("README.md");
}
