export type FetchDirection = 'next' | 'prior' | 'first' | 'last' | 'absolute' | 'relative'

/** Where FETCH goes; `offset` is that of ABSOLUTE and RELATIVE. */
export interface FetchPlace {
  readonly direction: FetchDirection
  readonly offset: number
}

/** The row a FETCH goes to: 1 to `size`, 0 before the first, `size + 1` behind the last. */
export function placeOf({ direction, offset }: FetchPlace, position: number, size: number): number {
  return Math.min(Math.max(wanted({ direction, offset }, position, size), 0), size + 1)
}

function wanted({ direction, offset }: FetchPlace, position: number, size: number): number {
  switch (direction) {
    case 'next':
      return position + 1
    case 'prior':
      return position - 1
    case 'first':
      return 1
    case 'last':
      return size
    case 'absolute':
      return offset < 0 ? size + 1 + offset : offset
    case 'relative':
      return position + offset
  }
}
