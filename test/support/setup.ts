// The Functions Framework shows stack traces in its error pages unless it runs as deployed.
process.env.NODE_ENV = "production";

// A variable exported for deploying must not reach the tests: their emulators belong to this project.
process.env.GOOGLE_CLOUD_PROJECT = "local";

// Otherwise Google's clients look for a metadata server and print a warning.
process.env.METADATA_SERVER_DETECTION = "none";
