// The Functions Framework shows stack traces in its error pages unless it runs as deployed.
process.env.NODE_ENV = "production";

// What is exported for deploying is none of the tests' business: their stand-ins are of this project.
process.env.GOOGLE_CLOUD_PROJECT = "local";

// Google's clients look for a metadata server otherwise, and warn that there is none.
process.env.METADATA_SERVER_DETECTION = "none";
