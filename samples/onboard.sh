#!/bin/sh
# Gives a developer a clone of an image and writes its connection strings to a .env file.
# Run it again and you get the same clone; other lines of the file are kept.
#
#   samples/onboard.sh IMAGE [CLONE-NAME] [ENV-FILE]
#
# The daemon is found at SLIPWAY_URL, or at its default address.
set -eu

image=${1:?usage: onboard.sh IMAGE [CLONE-NAME] [ENV-FILE]}
user=$(id -un | tr 'A-Z' 'a-z' | tr -cs 'a-z0-9' '-' | sed 's/^-//; s/-$//')
name=${2:-$user-$image}
env_file=${3:-.env}
slipway=${SLIPWAY:-$(dirname "$0")/../src/cli/slipway.js}

# 0 found, 3 no such clone; anything else has been explained on standard error.
status=0
clone=$("$slipway" clone inspect "$name" --json 2>&1) || status=$?
case $status in
  0) ;;
  3) clone=$("$slipway" clone create "$image" --name "$name" --json) || {
       printf 'onboard: no clone was made: %s\n' "$clone" >&2; exit 1; } ;;
  *) printf 'onboard: %s\n' "$clone" >&2; exit "$status" ;;
esac

temporary=$env_file.$$.tmp
trap 'rm -f "$temporary"' EXIT
umask 077
{ [ ! -f "$env_file" ] || grep -v '^SLIPWAY_\|^DATABASE_URL=\|^ADO_CONNECTION_STRING=' "$env_file" || :
  printf '%s' "$clone" | node -e '
    const clone = JSON.parse(require("fs").readFileSync(0, "utf8"))
    const [wanted] = process.argv.slice(1)
    if (clone.image !== wanted && !clone.imageId.startsWith(wanted)) {
      console.error(`onboard: the clone ${clone.name} is of image ${clone.image}, not of ${wanted}; give another name`)
      process.exit(4)
    }
    if (clone.status !== "ready") {
      console.error(`onboard: the clone ${clone.name} is ${clone.status}; slipway clone rm ${clone.name} and try again`)
      process.exit(1)
    }
    const value = (text) => `"${text.replace(/["\\$`]/g, "\\$&")}"`
    console.log(`SLIPWAY_CLONE=${clone.name}`)
    console.log(`DATABASE_URL=${value(clone.connectionStrings.url)}`)
    console.log(`ADO_CONNECTION_STRING=${value(clone.connectionStrings.adonet)}`)
  ' "$image"
} > "$temporary"
mv "$temporary" "$env_file"
printf 'onboard: %s is ready; its connection strings are in %s\n' "$name" "$env_file"
