import { randomInt } from 'node:crypto'

const ADJECTIVES = `amber bold brave bright brisk calm clear clever cosy crisp eager early fair fleet
  fond fresh gentle glad golden grand green happy hardy keen kind lively lucky mellow merry mild neat
  noble polite proud quick quiet ready rosy shiny silver smart snug steady sunny swift tidy warm wise`
const NOUNS = `anchor badger beacon birch breeze brook cedar comet coral crane dune ember falcon fern
  finch fjord harbour heron island juniper kestrel lagoon lantern lark maple marten meadow otter owl
  pebble pine puffin quay raven reef river robin sail seal sparrow spruce swan tern thistle tide
  willow wren yarrow`
/** After so many names that were taken, a number is added. */
const PLAIN_ATTEMPTS = 8
const HIGHEST_NUMBER = 10_000

/** A name for a clone that was given none: `brave-otter`. `attempt` counts those that were taken. */
export function generateCloneName(attempt: number): string {
  const name = `${pick(ADJECTIVES)}-${pick(NOUNS)}`
  return attempt < PLAIN_ATTEMPTS ? name : `${name}-${randomInt(1, HIGHEST_NUMBER)}`
}

function pick(list: string): string {
  const words = list.split(/\s+/)
  return words[randomInt(words.length)] ?? list
}
