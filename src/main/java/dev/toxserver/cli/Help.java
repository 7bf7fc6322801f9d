package dev.toxserver.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The option that every command but run has: -h means the host, so help has no short form. */
final class Help {
  private Help() {}

  static void add(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("--help").usageHelp(true).description("Show this help.").build());
  }
}
