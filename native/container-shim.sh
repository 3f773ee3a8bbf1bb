#!/bin/sh
# The container shim: one small process per container that outlives the daemon.
#
#   container-shim.sh FOLDER SHIM_GROUP COUNT ENGINE_GROUP... PROGRAM [ARGUMENT...]
#
# Starts PROGRAM inside every cgroup whose `cgroup.procs` file is named (COUNT of them; 0 on machines
# without), waits for it, and leaves in FOLDER:
#
#   shim     which process this one is: pid, start time in clock ticks after boot, boot id
#   engine   the same of PROGRAM, written before it runs
#   exit     its exit status; 128 + the signal number when a signal ended it
#
# A record counts once it ends with a newline. SHIM_GROUP (may be empty) takes the shim itself out of
# the daemon's cgroup, so that a service manager that ends the daemon does not end the shim. Where
# FOLDER is gone, the container was removed: PROGRAM is not started. Statuses 125 to 127 before
# PROGRAM runs mean that it could not be started.
#
# Uses nothing but the shell: the environment is the engine's, PATH included. The shell's own variables
# (PWD, OLDPWD, SHLVL) are not passed on.

identify() {
  read -r slipway_stat < /proc/self/stat
  read -r slipway_boot < /proc/sys/kernel/random/boot_id
  # The fields after the command name, which may hold blanks: the first is number 3 of proc_pid_stat(5).
  set -- ${slipway_stat##*) }
  echo "${slipway_stat%% *} ${20} $slipway_boot"
}

run_engine() (
  exec 2>&3 3>&-
  while [ "$slipway_count" -gt 0 ]; do
    echo 0 > "$1" || exit 125
    slipway_count=$((slipway_count - 1))
    shift
  done
  identify > "$slipway_folder/engine" || exit 125
  unset PWD OLDPWD SHLVL
  exec "$@"
)

main() {
  slipway_folder=$1 slipway_shim_group=$2 slipway_count=$3
  shift 3
  # Standard error is the container's log, for the engine; not for this shell's "Terminated".
  exec 3>&2 2> /dev/null
  # Signals meant for everybody (a shutdown) reach the engine too; the shim stays for its exit status.
  # A handler, unlike "ignore", is not inherited.
  trap : HUP INT TERM
  identify > "$slipway_folder/shim" || exit 125
  [ -z "$slipway_shim_group" ] || echo 0 > "$slipway_shim_group"
  run_engine "$@"
  echo $? > "$slipway_folder/exit"
}

# On one line: the shell reads a script as it goes, and an upgrade may replace this file meanwhile.
main "$@"; exit
