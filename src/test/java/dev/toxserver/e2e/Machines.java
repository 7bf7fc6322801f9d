package dev.toxserver.e2e;

import java.util.List;

/** Where processes run: all on this machine, or each on one of its own. */
interface Machines {
  /** All on this one, by loopback. */
  Machines THIS_ONE =
      new Machines() {
        @Override
        public List<String> on(String machine, List<String> command) {
          return command;
        }

        @Override
        public String address(String machine) {
          return "127.0.0.1";
        }
      };

  /** A command that is run on a machine. */
  List<String> on(String machine, List<String> command);

  /** By which the others reach it. */
  String address(String machine);
}
