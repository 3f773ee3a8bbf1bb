import { SqlError } from '../../sql-error.ts'
import { isReserved } from './keywords.ts'
import type { SyntaxToken } from './syntax-token.ts'

/** Parse errors are of severity 15: the user can correct them. */
function syntaxError(number: number, message: string, line: number): SqlError {
  return new SqlError(number, message, { severity: 15, line })
}

/** 102 or 156 at a token that does not belong there. `previous` is named where the text ends. */
export function unexpectedToken(token: SyntaxToken, previous: SyntaxToken): SqlError {
  if (token.kind === 'end') {
    return syntaxError(102, `Incorrect syntax near '${previous.text}'.`, previous.line)
  }
  if (token.kind === 'word' && isReserved(token.key)) {
    return syntaxError(156, `Incorrect syntax near the keyword '${token.text}'.`, token.line)
  }
  return syntaxError(102, `Incorrect syntax near '${token.text}'.`, token.line)
}

/** 102 at characters that make no token. */
export function unexpectedText(text: string, line: number): SqlError {
  return syntaxError(102, `Incorrect syntax near '${text}'.`, line)
}

/** 105. */
export function unclosedQuotation(text: string, line: number): SqlError {
  return syntaxError(
    105,
    `Unclosed quotation mark after the character string '${text.slice(0, 128)}'.`,
    line,
  )
}

/** 113. */
export function unclosedComment(line: number): SqlError {
  return syntaxError(113, "Missing end comment mark '*/'.", line)
}

/** 103. */
export function identifierTooLong(text: string, line: number): SqlError {
  const start = text.slice(0, 128)
  return syntaxError(
    103,
    `The identifier that starts with '${start}' is too long. Maximum length is 128.`,
    line,
  )
}

/** 111. `statement` as messages name it: 'CREATE/ALTER PROCEDURE'. */
export function notFirstInBatch(statement: string, line: number): SqlError {
  return syntaxError(111, `'${statement}' must be the first statement in a query batch.`, line)
}

/** 117. */
export function tooManyPrefixes(name: string, maximum: number, line: number): SqlError {
  const message = `The object name '${name}' contains more than the maximum number of prefixes. The maximum is ${maximum}.`
  return syntaxError(117, message, line)
}

/** 119: behind @name = value all arguments have names. */
export function nameMissing(position: number, line: number): SqlError {
  const message = `Must pass parameter number ${position} and subsequent parameters as '@name = value'. After the form '@name = value' has been used, all subsequent parameters must be passed in the form '@name = value'.`
  return syntaxError(119, message, line)
}

/** 191. */
export function nestedTooDeeply(line: number): SqlError {
  const message =
    'Some part of your SQL statement is nested too deeply. Rewrite the query or break it up into smaller queries.'
  return syntaxError(191, message, line)
}

/** 195. */
export function unknownOption(text: string, what: string, line: number): SqlError {
  return syntaxError(195, `'${text}' is not a recognized ${what}.`, line)
}

/** 319 and 336: WITH where the statement before it has not ended. */
export function unterminatedBeforeWith(withToken: SyntaxToken, next: SyntaxToken): SqlError {
  if (next.kind === 'word' && !isReserved(next.key)) {
    const message = `Incorrect syntax near '${next.text}'. If this is intended to be a common table expression, you need to explicitly terminate the previous statement with a semi-colon.`
    return syntaxError(336, message, next.line)
  }
  const message = `Incorrect syntax near the keyword '${withToken.text}'. If this statement is a common table expression, an xmlnamespaces clause or a change tracking context clause, the previous statement must be terminated with a semicolon.`
  return syntaxError(319, message, withToken.line)
}

/** 1038: `[]` or '' where a name is needed. */
export function emptyName(line: number): SqlError {
  const message =
    'An object or column name is missing or empty. For SELECT INTO statements, verify each column has a name. For other statements, look for empty alias names. Aliases defined as "" or [] are not allowed. Change the alias to a valid name.'
  return syntaxError(1038, message, line)
}

/** 1048. */
export function conflictingCursorOptions(one: string, other: string, line: number): SqlError {
  return syntaxError(1048, `Conflicting cursor options ${one} and ${other}.`, line)
}

/** 10713. */
export function unterminatedMerge(line: number): SqlError {
  const message = 'A MERGE statement must be terminated by a semi-colon (;).'
  return syntaxError(10713, message, line)
}

/** 4145: a value where a condition is needed. */
export function conditionExpected(token: SyntaxToken, previous: SyntaxToken): SqlError {
  const near = token.kind === 'end' ? previous.text : token.text
  const message = `An expression of non-boolean type specified in a context where a condition is expected, near '${near}'.`
  return syntaxError(4145, message, token.line)
}

/** 40510: a whole statement the sandbox does not have. */
export function unsupportedStatement(statement: string, line: number): SqlError {
  const message = `Statement '${statement}' is not supported in this version of SQL Server.`
  return syntaxError(40510, message, line)
}

/** 40517: a clause, option or method the sandbox does not have. */
export function unsupportedOption(option: string, line: number): SqlError {
  const message = `Keyword or statement option '${option}' is not supported in this version of SQL Server.`
  return syntaxError(40517, message, line)
}
