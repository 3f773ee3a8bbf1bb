import { textOrder } from '../values/index.ts'

/** A place in a text: `start` inclusive, `end` exclusive, in UTF-16 units. */
export interface TextMatch {
  readonly start: number
  readonly end: number
}

/**
 * Finds `wanted` in a text by a collation: made once per text, asked from any place on.
 * Folding may change the number of characters, so places are mapped back.
 */
export function textFinder(
  text: string,
  wanted: string,
  collationId: number,
): (from: number) => TextMatch | undefined {
  const { fold } = textOrder(collationId)
  const folded = foldedText(text, fold)
  const key = foldedText(wanted, fold).text
  if (key === '') return () => undefined
  return (from) => {
    const at = folded.text.indexOf(key, folded.foldedPlace(from))
    if (at === -1) return undefined
    return { start: folded.place(at), end: folded.place(at + key.length) }
  }
}

interface FoldedText {
  readonly text: string
  /** The place in the original of a place in the folded text. */
  place(folded: number): number
  foldedPlace(original: number): number
}

function foldedText(text: string, fold: (character: string) => string): FoldedText {
  const whole = fold(text)
  if (isAscii(text)) return { text: whole, place: identity, foldedPlace: identity }
  const parts = [...text].map((character) => ({ character, folded: fold(character) }))
  const places: number[] = []
  let original = 0
  for (const { character, folded } of parts) {
    for (let i = 0; i < folded.length; i++) places.push(original)
    original += character.length
  }
  places.push(original)
  return {
    text: parts.map(({ folded }) => folded).join(''),
    place: (folded) => places[folded] ?? original,
    foldedPlace: (from) => {
      const index = places.findIndex((place) => place >= from)
      return index === -1 ? places.length : index
    },
  }
}

const identity = (place: number): number => place

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
