// The Functions Framework shows stack traces in its error pages unless it runs as deployed.
process.env.NODE_ENV = "production";
