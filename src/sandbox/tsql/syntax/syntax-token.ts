/** What the lexer makes of a run of characters. */
export interface SyntaxToken {
  readonly kind:
    | 'word'
    | 'quoted-identifier'
    | 'variable'
    | 'global-variable'
    | 'integer'
    | 'decimal'
    | 'float'
    | 'money'
    | 'string'
    | 'unicode-string'
    | 'binary'
    | 'symbol'
    | 'end'
  /** Without delimiters, doubled closers undone; money without its sign, binary without 0x. */
  readonly text: string
  /** A word in upper case, a symbol as it is; '' for all others, so `[select]` is no keyword. */
  readonly key: string
  /** 1-based. */
  readonly line: number
  /** Offset of the first character in the text. */
  readonly start: number
  /** Offset behind the last character. */
  readonly end: number
}
