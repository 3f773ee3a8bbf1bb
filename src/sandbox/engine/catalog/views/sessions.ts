import { SA_SID } from '../../instance/logins.ts'
import { toSqlTime } from '../../instance/sql-time.ts'
import type { Session } from '../../session/session.ts'
import { ISOLATION_LEVELS } from '../../session/transaction-request.ts'
import { type CatalogView, catalogView, type ViewContext, type ViewRow } from '../catalog-view.ts'

export const SESSION_VIEWS: readonly CatalogView[] = [
  catalogView(
    'sys.dm_exec_sessions',
    `session_id smallint
    login_time datetime
    host_name nvarchar(128) ?
    program_name nvarchar(128) ?
    host_process_id int ?
    client_version int ?
    client_interface_name nvarchar(32) ?
    security_id varbinary(85)
    login_name nvarchar(128)
    nt_domain nvarchar(128) ?
    nt_user_name nvarchar(128) ?
    status nvarchar(30)
    context_info varbinary(128) ?
    cpu_time int
    memory_usage int
    total_scheduled_time int
    total_elapsed_time int
    endpoint_id int
    last_request_start_time datetime
    last_request_end_time datetime ?
    reads bigint
    writes bigint
    logical_reads bigint
    is_user_process bit
    text_size int
    language nvarchar(128) ?
    date_format nvarchar(3) ?
    date_first smallint
    quoted_identifier bit
    arithabort bit
    ansi_null_dflt_on bit
    ansi_defaults bit
    ansi_warnings bit
    ansi_padding bit
    ansi_nulls bit
    concat_null_yields_null bit
    transaction_isolation_level smallint
    lock_timeout int
    deadlock_priority int
    row_count bigint
    prev_error int
    original_security_id varbinary(85)
    original_login_name nvarchar(128)
    last_successful_logon datetime ?
    last_unsuccessful_logon datetime ?
    unsuccessful_logons bigint ?
    group_id int
    database_id smallint
    authenticating_database_id int ?
    open_transaction_count int
    page_server_reads bigint`,
    ({ instance }) => instance.sessions.list().map((session) => sessionRow(session, instance)),
  ),
  catalogView(
    'sys.dm_exec_connections',
    `session_id int ?
    most_recent_session_id int ?
    connect_time datetime
    net_transport nvarchar(40)
    protocol_type nvarchar(40) ?
    protocol_version int ?
    endpoint_id int ?
    encrypt_option nvarchar(40)
    auth_scheme nvarchar(40)
    node_affinity smallint
    num_reads int ?
    num_writes int ?
    last_read datetime ?
    last_write datetime ?
    net_packet_size int ?
    client_net_address varchar(48) ?
    client_tcp_port int ?
    local_net_address varchar(48) ?
    local_tcp_port int ?
    connection_id uniqueidentifier
    parent_connection_id uniqueidentifier ?
    most_recent_sql_handle varbinary(64) ?`,
    ({ instance }) =>
      instance.sessions.list().map((session) => ({
        session_id: session.spid,
        most_recent_session_id: session.spid,
        connect_time: toSqlTime(session.state.origin.loginTime),
        net_transport: 'TCP',
        protocol_type: 'TSQL',
        endpoint_id: 4,
        auth_scheme: 'SQL',
        last_read: toSqlTime(session.lastRequestAt),
        client_net_address: session.state.origin.remoteAddress,
        connection_id: connectionId(session),
      })),
  ),
  catalogView(
    'sys.dm_exec_requests',
    `session_id smallint
    request_id int
    start_time datetime
    status nvarchar(30)
    command nvarchar(32)
    sql_handle varbinary(64) ?
    statement_start_offset int ?
    statement_end_offset int ?
    plan_handle varbinary(64) ?
    database_id smallint
    user_id int
    connection_id uniqueidentifier ?
    blocking_session_id smallint ?
    wait_type nvarchar(60) ?
    wait_time int
    last_wait_type nvarchar(60)
    wait_resource nvarchar(256)
    open_transaction_count int
    percent_complete real
    cpu_time int
    total_elapsed_time int
    reads bigint
    writes bigint
    logical_reads bigint
    text_size int
    language nvarchar(128) ?
    row_count bigint`,
    requestRows,
  ),
  catalogView(
    'sys.sysprocesses',
    `spid smallint
    kpid smallint
    blocked smallint
    waittype binary(2)
    waittime bigint
    lastwaittype nchar(32)
    waitresource nchar(256)
    dbid smallint
    uid smallint ?
    cpu int
    physical_io bigint
    memusage int
    login_time datetime
    last_batch datetime
    ecid smallint
    open_tran smallint
    status nchar(30)
    sid binary(86)
    hostname nchar(128)
    program_name nchar(128)
    hostprocess nchar(10)
    cmd nchar(26)
    nt_domain nchar(128)
    nt_username nchar(128)
    net_address nchar(12)
    net_library nchar(12)
    loginame nchar(128)
    context_info binary(128)
    sql_handle binary(20)
    stmt_start int
    stmt_end int
    request_id int`,
    ({ instance }) =>
      instance.sessions.list().map((session) => ({
        spid: session.spid,
        waittype: new Uint8Array(2),
        lastwaittype: 'MISCELLANEOUS',
        dbid: instance.databases.find(session.database)?.id ?? 0,
        uid: 1,
        login_time: toSqlTime(session.state.origin.loginTime),
        last_batch: toSqlTime(session.lastRequestAt),
        open_tran: session.state.transactionCount,
        status: statusOf(session),
        sid: SA_SID,
        hostname: session.state.hostName,
        program_name: session.state.applicationName,
        hostprocess: String(session.state.origin.clientProcessId),
        cmd: session.request?.command ?? 'AWAITING COMMAND',
        net_library: 'TCP/IP',
        loginame: session.state.loginName,
        context_info: new Uint8Array(128),
        sql_handle: new Uint8Array(20),
      })),
  ),
]

function isolationLevel({ state }: Session): number {
  const name = state.options.get('TRANSACTION ISOLATION LEVEL')
  const known = Object.entries(ISOLATION_LEVELS).find(([, level]) => level === name)
  return Number(known?.[0] ?? 0)
}

/** `running` while it works, `sleeping` while it waits for its client. */
export function statusOf({ request }: Session): string {
  return request === undefined ? 'sleeping' : 'running'
}

function sessionRow(session: Session, instance: ViewContext['instance']): ViewRow {
  const { state, lastRequestAt } = session
  const lastRequest = toSqlTime(lastRequestAt)
  return {
    session_id: session.spid,
    login_time: toSqlTime(state.origin.loginTime),
    host_name: state.hostName,
    program_name: state.applicationName,
    host_process_id: state.origin.clientProcessId,
    client_interface_name: state.origin.libraryName,
    security_id: SA_SID,
    login_name: state.loginName,
    status: statusOf(session),
    endpoint_id: 4,
    last_request_start_time: lastRequest,
    last_request_end_time: session.request === undefined ? lastRequest : null,
    is_user_process: true,
    ...optionColumns(session),
    language: state.language,
    transaction_isolation_level: isolationLevel(session),
    row_count: BigInt(state.rowCount),
    prev_error: state.errorNumber,
    original_security_id: SA_SID,
    original_login_name: state.loginName,
    group_id: 2,
    database_id: instance.databases.find(session.database)?.id ?? 0,
    authenticating_database_id: 1,
    open_transaction_count: state.transactionCount,
  }
}

function optionColumns({ state }: Session): ViewRow {
  const isOn = (name: string): boolean => state.options.get(name) === true
  const number = (name: string): number => Number(state.options.get(name) ?? 0)
  return {
    text_size: number('TEXTSIZE'),
    date_format: String(state.options.get('DATEFORMAT') ?? 'mdy'),
    date_first: number('DATEFIRST'),
    quoted_identifier: isOn('QUOTED_IDENTIFIER'),
    arithabort: isOn('ARITHABORT'),
    ansi_null_dflt_on: isOn('ANSI_NULL_DFLT_ON'),
    ansi_warnings: isOn('ANSI_WARNINGS'),
    ansi_padding: isOn('ANSI_PADDING'),
    ansi_nulls: isOn('ANSI_NULLS'),
    concat_null_yields_null: isOn('CONCAT_NULL_YIELDS_NULL'),
    lock_timeout: number('LOCK_TIMEOUT'),
  }
}

function* requestRows({ instance }: ViewContext): Generator<ViewRow> {
  for (const session of instance.sessions.list()) {
    const { request } = session
    if (request === undefined) continue
    yield {
      session_id: session.spid,
      start_time: toSqlTime(request.startedAt),
      status: 'running',
      command: request.command,
      database_id: instance.databases.find(session.database)?.id ?? 0,
      user_id: 1,
      connection_id: connectionId(session),
      blocking_session_id: 0,
      last_wait_type: 'MISCELLANEOUS',
      open_transaction_count: session.state.transactionCount,
      total_elapsed_time: instance.clock.now().getTime() - request.startedAt.getTime(),
      language: session.state.language,
    }
  }
}

/** One connection has one session here, so the session's number makes the connection's id. */
function connectionId({ spid }: Session): string {
  return `00000000-0000-0000-0000-${spid.toString(16).toUpperCase().padStart(12, '0')}`
}
