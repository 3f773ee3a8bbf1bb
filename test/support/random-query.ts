/** A table of FROM under its alias. */
interface Source {
  readonly alias: string
  readonly columns: readonly string[]
}

interface From {
  readonly text: string
  readonly sources: readonly Source[]
}

/** Queries nest this often; beyond it they take too long to say more. */
const MAX_SUBQUERIES = 3
const JOINS = ['join', 'join', 'left join', 'left join', 'right join', 'full join', 'cross join']
const COMPARISONS = ['=', '=', '=', '<>', '<', '>=', '<=']
const AGGREGATES = ['sum', 'min', 'max', 'count']
const SET_OPERATORS = ['union', 'union all', 'except', 'intersect']

/**
 * Random queries over tables of integers, in words that every SQL database reads alike. The same seed
 * gives the same queries.
 */
export class RandomQueries {
  readonly #tables: Readonly<Record<string, readonly string[]>>
  #state: number
  #aliases = 0
  #subqueriesLeft = 0

  constructor(seed: number, tables: Readonly<Record<string, readonly string[]>>) {
    this.#state = seed
    this.#tables = tables
  }

  /** A number from 0 to below `limit`. */
  integer(limit: number): number {
    this.#state = (this.#state * 1_664_525 + 1_013_904_223) >>> 0
    return Math.floor((this.#state / 2 ** 32) * limit)
  }

  next(): string {
    this.#aliases = 0
    this.#subqueriesLeft = MAX_SUBQUERIES
    return this.#select(2)
  }

  #chance(percent: number): boolean {
    return this.integer(100) < percent
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[this.integer(items.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  /** Two columns, c0 and c1. */
  #select(depth: number): string {
    const from = this.#from(depth)
    const where = this.#chance(70) ? ` where ${this.#condition(from.sources, 2)}` : ''
    const body = `from ${from.text}${where}`
    switch (this.integer(8)) {
      case 0:
      case 1:
        return this.#grouped(from, body)
      case 2:
        return `select ${this.#aggregate(from.sources)} as c0, ${this.#aggregate(from.sources)} as c1 ${body}`
      case 3:
        return this.#windowed(from, body)
      case 4:
        return `${this.#plain(from, body)} ${this.#pick(SET_OPERATORS)} ${this.#simple()}`
      default:
        return this.#plain(from, body)
    }
  }

  #simple(): string {
    const from = this.#from(0)
    return this.#plain(from, `from ${from.text}`)
  }

  #plain({ sources }: From, body: string): string {
    const distinct = this.#chance(20) ? 'distinct ' : ''
    return `select ${distinct}${this.#value(sources, 2)} as c0, ${this.#value(sources, 2)} as c1 ${body}`
  }

  #grouped({ sources }: From, body: string): string {
    const key = this.#column(sources)
    const having = this.#chance(50)
      ? ` having count(*) ${this.#pick(COMPARISONS)} ${this.integer(4)} or ${key} > 2`
      : ''
    return `select ${key} as c0, ${this.#aggregate(sources)} as c1 ${body} group by ${key}${having}`
  }

  #windowed({ sources }: From, body: string): string {
    const call = () => {
      const order = this.#column(sources)
      const partition = this.#chance(50) ? `partition by ${this.#column(sources)} ` : ''
      return this.#pick([
        `rank() over (${partition}order by ${order})`,
        `dense_rank() over (${partition}order by ${order})`,
        `sum(${this.#column(sources)}) over (${partition}order by ${order})`,
        `count(*) over (${partition.trim()})`,
        `max(${this.#column(sources)}) over (${partition}order by ${order} rows between unbounded preceding and unbounded following)`,
      ])
    }
    return `select ${call()} as c0, ${call()} as c1 ${body}`
  }

  #from(depth: number): From {
    const first = this.#source(depth)
    const sources = [first.source]
    let { text } = first
    for (let joins = this.integer(3); joins > 0; joins--) {
      const { text: right, source } = this.#source(depth)
      const left = [...sources]
      sources.push(source)
      const join = this.#pick(JOINS)
      text += ` ${join} ${right}`
      if (join !== 'cross join') text += ` on ${this.#joinCondition(left, source)}`
    }
    return { text, sources }
  }

  #joinCondition(left: readonly Source[], right: Source): string {
    if (this.#chance(25)) return this.#condition([...left, right], 1)
    const equality = `${this.#column(left)} = ${this.#column([right])}`
    return this.#chance(70) ? equality : `${equality} and ${this.#condition([...left, right], 1)}`
  }

  #source(depth: number): { text: string; source: Source } {
    this.#aliases += 1
    const alias = `x${this.#aliases}`
    if (depth > 0 && this.#takeSubquery(25)) {
      const text = `(${this.#select(depth - 1)}) ${alias}`
      return { text, source: { alias, columns: ['c0', 'c1'] } }
    }
    const table = this.#pick(Object.keys(this.#tables))
    return { text: `${table} ${alias}`, source: { alias, columns: this.#tables[table] ?? [] } }
  }

  #takeSubquery(percent: number): boolean {
    if (this.#subqueriesLeft === 0 || !this.#chance(percent)) return false
    this.#subqueriesLeft -= 1
    return true
  }

  #column(sources: readonly Source[]): string {
    const { alias, columns } = this.#pick(sources)
    return `${alias}.${this.#pick(columns)}`
  }

  #leaf(sources: readonly Source[]): string {
    if (this.#chance(80)) return this.#column(sources)
    return this.#chance(10) ? 'cast(null as int)' : String(this.integer(6))
  }

  /** Over columns alone: an aggregate may have no subquery in it. */
  #aggregate(sources: readonly Source[]): string {
    return `${this.#pick(AGGREGATES)}(${this.#column(sources)} + ${this.#leaf(sources)})`
  }

  #value(sources: readonly Source[], depth: number): string {
    if (depth === 0 || this.#chance(50)) return this.#leaf(sources)
    const value = () => this.#value(sources, depth - 1)
    if (this.#takeSubquery(10)) {
      const inner = this.#from(0)
      const where = this.#condition([...sources, ...inner.sources], 1)
      return `(select ${this.#aggregate(inner.sources)} from ${inner.text} where ${where})`
    }
    return this.#pick([
      () => `(${value()} ${this.#pick(['+', '-', '*'])} ${value()})`,
      () => `coalesce(${value()}, ${value()})`,
      () => `nullif(${value()}, ${value()})`,
      () => `case when ${this.#condition(sources, depth - 1)} then ${value()} else ${value()} end`,
    ])()
  }

  #condition(sources: readonly Source[], depth: number): string {
    const value = () => this.#value(sources, 1)
    if (this.#takeSubquery(20)) return this.#subqueryCondition(sources)
    if (depth === 0 || this.#chance(45)) return `${value()} ${this.#pick(COMPARISONS)} ${value()}`
    const condition = () => this.#condition(sources, depth - 1)
    const not = this.#pick(['', 'not '])
    return this.#pick([
      () => `(${condition()} ${this.#pick(['and', 'or'])} ${condition()})`,
      () => `not (${condition()})`,
      () => `${value()} is ${not}null`,
      () => `${value()} ${not}in (${this.#leaf(sources)}, ${this.#leaf(sources)}, 3)`,
      () => `${value()} ${not}between ${value()} and ${value()}`,
    ])()
  }

  #subqueryCondition(sources: readonly Source[]): string {
    const inner = this.#from(0)
    const where = this.#condition([...sources, ...inner.sources], 1)
    const not = this.#pick(['', 'not '])
    if (this.#chance(50)) return `${not}exists (select 1 from ${inner.text} where ${where})`
    return `${this.#leaf(sources)} ${not}in (select ${this.#leaf(inner.sources)} from ${inner.text} where ${where})`
  }
}
