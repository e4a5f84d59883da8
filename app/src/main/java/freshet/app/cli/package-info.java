/**
 * The {@code freshet} command: one class per subcommand, which turns arguments into stages and waits for them. What a
 * user did wrong ends in one line on standard error: exit code 2 for arguments that make no sense, 1 for a start or a
 * run that failed, 0 otherwise, Ctrl-C included.
 */
package freshet.app.cli;
