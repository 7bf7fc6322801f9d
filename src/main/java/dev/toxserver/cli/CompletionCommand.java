package dev.toxserver.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code completion}: prints a script that completes commands, options and run ids in bash and zsh.
 */
final class CompletionCommand implements Callable<Integer> {
  /**
   * Asks for the ids when they are wanted: with the options that stand on the command line, and
   * without waiting long for a server that is not there. Bash splits --port=1 into three words. A
   * matrix is named where the header of its column stands.
   */
  private static final String RUN_IDS =
      """

      function _tox-server_run_ids() {
        local word command= line id state rest matrices cell
        local -a given=()
        [[ "${COMP_WORDS[COMP_CWORD]}" == -* ]] && return
        for word in "${COMP_WORDS[@]:1:$((COMP_CWORD - 1))}"; do
          case $word in
            attach | logs | status | results | history | share | cancel | rerun) command=$word ;;
            --from-now | --json | --digest) ;;
            =) return ;;
            *) given+=("$word") ;;
          esac
        done
        "${COMP_WORDS[0]}" "${given[@]}" -t 1 status 2>/dev/null </dev/null |
          while IFS= read -r line; do
            read -r id state rest <<<"$line"
            case $command:$state in
              *:STATE) [[ $line == *MATRIX* ]] && matrices=${line%%MATRIX*} ;;
              cancel:passed | cancel:failed | cancel:cancelled | cancel:lost) ;;
              *)
                echo "$id"
                cell=${line:${#matrices}}
                [[ -z $matrices || $command == history || $cell == -* ]] || echo "${cell%% *}"
                ;;
            esac
          done
      }
      """;

  private CommandSpec spec;

  static CommandSpec spec() {
    CompletionCommand command = new CompletionCommand();
    command.spec =
        ToxServer.command(
            "completion",
            command,
            "Prints a script that completes commands, options and run ids in bash and zsh.",
            "In zsh, run 'autoload -U +X compinit && compinit' before it.",
            "source <(tox-server completion)");
    Help.add(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.parent().commandLine();
    String script = AutoComplete.bash(root.getCommandName(), root);
    root.getOut()
        .print(
            script.replace("(\"" + RunIdArgument.COMPLETED + "\")", "( $(_tox-server_run_ids) )"));
    root.getOut().print(RUN_IDS);
    root.getOut().flush();
    return ExitCode.OK.number();
  }
}
