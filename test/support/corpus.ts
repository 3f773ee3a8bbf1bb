import { existsSync } from 'node:fs'
import path from 'node:path'

const CORPUS = path.resolve(import.meta.dirname, '../../../shared/corpus')

/** Path of a real SQL Server file to test against; the corpus is not part of the project. */
export function corpusFile(name: string): string {
  return path.join(CORPUS, name)
}

/** A reason to skip for node:test's `skip` option; false where the files are there. */
export function skipWithoutCorpus(...names: readonly string[]): string | false {
  const missing = names.find((name) => !existsSync(corpusFile(name)))
  return missing === undefined ? false : `${missing} is not in ../shared/corpus`
}
