package dev.toxserver.config;

/** What the value of a {@link Setting} must look like; {@link Settings} checks it. */
enum SettingType {
  TEXT("TEXT", "text"),
  PORT("INT", "a port from 0 to 65535"),
  COUNT("INT", "a whole number from 1 to 2147483647"),
  COUNT_OR_ZERO("INT", "a whole number from 0 to 2147483647"),
  BYTES("BYTES", "a number of bytes from 65536 to 2147483647"),
  SIZE("BYTES", "a number of bytes from 1048576 to 1099511627776"),
  SECONDS("SECONDS", "a number of seconds from 0.01 to 86400"),
  SECONDS_OR_ZERO("SECONDS", "a number of seconds from 0 to 86400"),
  SWITCH("BOOLEAN", "true or false"),
  WHEN("WHEN", "auto, always or never"),
  SECRET("TEXT", "a token"),
  LOG_LEVEL("TEXT", "debug, info, warning, error or a number");

  final String label;
  final String expectation;

  SettingType(String label, String expectation) {
    this.label = label;
    this.expectation = expectation;
  }
}
