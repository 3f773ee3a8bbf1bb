import type { EngineTableFunction } from './table-functions.ts'

/** No text or plan is kept once a request is done, so no handle leads to one. */
const NOTHING_KEPT = (): [] => []

/** What is known of requests by their handles, and of statistics. */
export const EXECUTION_FUNCTIONS: Readonly<Record<string, EngineTableFunction>> = {
  dm_exec_sql_text: {
    arguments: [1, 1],
    columnList: `dbid smallint ?
    objectid int ?
    number smallint ?
    encrypted bit
    text nvarchar(max) ?`,
    rows: NOTHING_KEPT,
  },
  dm_exec_query_plan: {
    arguments: [1, 1],
    columnList: `dbid smallint ?
    objectid int ?
    number smallint ?
    encrypted bit
    query_plan xml ?`,
    rows: NOTHING_KEPT,
  },
  dm_exec_input_buffer: {
    arguments: [2, 2],
    columnList: `event_type nvarchar(256)
    parameters smallint
    event_info nvarchar(max) ?`,
    *rows([spid], { instance }) {
      const session = instance.sessions.list().find((one) => one.spid === Number(spid))
      if (session?.request === undefined) return
      yield { event_type: 'Language Event', event_info: session.request.command }
    },
  },
  dm_db_stats_properties: {
    arguments: [2, 2],
    columnList: `object_id int
    stats_id int
    last_updated datetime2(7) ?
    rows bigint ?
    rows_sampled bigint ?
    steps int ?
    unfiltered_rows bigint ?
    modification_counter bigint ?
    persisted_sample_percent float ?`,
    *rows([objectId, statisticsId], { database }) {
      const { catalog } = database.content
      const statistics = catalog.statistics(Number(objectId))
      const found = statistics.find((one) => one.statisticsId === Number(statisticsId))
      if (found === undefined) return
      const rows = BigInt(catalog.rowCount(found.objectId))
      yield { object_id: found.objectId, stats_id: found.statisticsId, rows, unfiltered_rows: rows }
    },
  },
}
