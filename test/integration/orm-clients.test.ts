import assert from 'node:assert/strict'
import { chmod, copyFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import createKnex from 'knex'
import { DataTypes, Op, Sequelize } from 'sequelize'
import { DataSource } from 'typeorm'
import { corpusFile, skipWithoutCorpus } from '../support/corpus.ts'
import {
  connectToSandbox,
  SA_PASSWORD,
  type SandboxProcess,
  startSandbox,
} from '../support/sandbox-engine.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

describe('query builders on a clone of Northwind', {
  skip: skipWithoutCorpus('northwnd.mdf'),
}, () => {
  let scratch: ScratchFolder
  let engine: SandboxProcess

  before(async () => {
    scratch = await createScratchFolder()
    engine = await startSandbox({ folder: scratch.path })
    const target = path.join(scratch.path, 'northwnd.mdf')
    await copyFile(corpusFile('northwnd.mdf'), target)
    await chmod(target, 0o644)
    const connection = await connectToSandbox(engine)
    await connection.batch(`CREATE DATABASE Northwind ON (FILENAME = '${target}') FOR ATTACH`)
    await connection.close()
  })
  after(async () => {
    await engine.stop()
    await scratch[Symbol.asyncDispose]()
  })

  const knexOn = (database: string) =>
    createKnex({
      client: 'mssql',
      connection: {
        server: '127.0.0.1',
        port: engine.port,
        user: 'sa',
        password: SA_PASSWORD,
        database,
        options: { trustServerCertificate: true },
      },
    })
  const sequelizeOn = (database: string) =>
    new Sequelize(database, 'sa', SA_PASSWORD, {
      dialect: 'mssql',
      host: '127.0.0.1',
      port: engine.port,
      logging: false,
      dialectOptions: { options: { trustServerCertificate: true } },
    })

  it('Knex finds tables and columns, and pages, joins and groups', async () => {
    const knex = knexOn('Northwind')
    try {
      assert.equal(await knex.schema.hasTable('Orders'), true)
      assert.equal(await knex.schema.hasTable('Nothing'), false)
      const info = await knex('Shippers').columnInfo()
      assert.deepEqual(Object.keys(info), ['ShipperID', 'CompanyName', 'Phone'])
      const page = await knex('Orders').select('OrderID').orderBy('OrderID').limit(2).offset(10)
      assert.deepEqual(page, [{ OrderID: 10258 }, { OrderID: 10259 }])
      const groups = await knex('Orders as o')
        .join('Customers as c', 'c.CustomerID', 'o.CustomerID')
        .where('c.Country', 'France')
        .groupBy('c.Country')
        .select('c.Country')
        .count('* as orders')
      assert.deepEqual(groups, [{ Country: 'France', orders: 77 }])
    } finally {
      await knex.destroy()
    }
  })

  it('Knex builds tables, changes rows in transactions and runs migrations', async () => {
    const knex = knexOn('tempdb')
    try {
      await knex.schema.createTable('people', (table) => {
        table.increments('id')
        table.string('name', 50).notNullable().unique()
        table.integer('age').defaultTo(3)
        table.comment('who there is')
      })
      assert.deepEqual(await knex('people').insert([{ name: 'Ann' }], ['id', 'age']), [
        { id: 1, age: 3 },
      ])
      const failing = knex.transaction(async (transaction) => {
        await transaction('people').insert({ name: 'Bob' })
        throw new Error('taken back')
      })
      await assert.rejects(failing, /taken back/)
      assert.deepEqual(await knex('people').pluck('name'), ['Ann'])
      const migrationSource = {
        getMigrations: async () => ['first'],
        getMigrationName: (name: string) => name,
        getMigration: async () => ({
          up: (on: typeof knex) => on.schema.alterTable('people', (t) => void t.string('town')),
          down: (on: typeof knex) =>
            on.schema.alterTable('people', (t) => void t.dropColumn('town')),
        }),
      }
      await knex.migrate.latest({ migrationSource })
      assert.equal(await knex.schema.hasColumn('people', 'town'), true)
      await knex.migrate.rollback({ migrationSource })
      assert.equal(await knex.schema.hasColumn('people', 'town'), false)
    } finally {
      await knex.destroy()
    }
  })

  it('Sequelize describes tables, their indexes and constraints', async () => {
    const sequelize = sequelizeOn('Northwind')
    try {
      const query = sequelize.getQueryInterface()
      assert.ok((await query.describeTable('Orders'))['OrderID']?.primaryKey)
      const indexes = (await query.showIndex('Shippers')) as { name: string; primary: boolean }[]
      assert.deepEqual(
        indexes.map(({ name, primary }) => ({ name, primary })),
        [{ name: 'PK_Shippers', primary: true }],
      )
    } finally {
      await sequelize.close()
    }
  })

  it('Sequelize makes tables of models and keeps rows in them', async () => {
    const sequelize = sequelizeOn('tempdb')
    try {
      const Tool = sequelize.define('Tool', {
        name: { type: DataTypes.STRING(40), unique: true, comment: 'what it is called' },
        price: DataTypes.DECIMAL(10, 2),
      })
      await sequelize.sync()
      await sequelize.sync()
      await Tool.bulkCreate([
        { name: 'saw', price: '12.50' },
        { name: 'axe', price: '30.00' },
      ])
      await Tool.upsert({ id: 1, name: 'hand saw', price: '13.00' })
      const dear = await Tool.findAll({ where: { price: { [Op.gt]: 20 } } })
      assert.deepEqual(
        dear.map((tool) => tool.get('name')),
        ['axe'],
      )
      assert.equal(await Tool.count({ where: { name: 'hand saw' } }), 1)
      await assert.rejects(Tool.create({ name: 'axe' }), { name: 'SequelizeUniqueConstraintError' })
    } finally {
      await sequelize.close()
    }
  })

  it('TypeORM reads the tables of the database and runs its query builder', async () => {
    const source = await new DataSource({
      type: 'mssql',
      host: '127.0.0.1',
      port: engine.port,
      username: 'sa',
      password: SA_PASSWORD,
      database: 'Northwind',
      options: { trustServerCertificate: true },
    }).initialize()
    try {
      const runner = source.createQueryRunner()
      const table = await runner.getTable('Orders')
      assert.equal(table?.columns.length, 14)
      assert.ok(table?.foreignKeys.some(({ name }) => name === 'FK_Orders_Customers'))
      await runner.release()
      const rows = await source
        .createQueryBuilder()
        .select('o.ShipCountry', 'country')
        .addSelect('COUNT(*)', 'orders')
        .from('Orders', 'o')
        .groupBy('o.ShipCountry')
        .having('COUNT(*) > :least', { least: 82 })
        .orderBy('orders', 'ASC')
        .limit(1)
        .getRawMany()
      assert.deepEqual(rows, [{ country: 'Brazil', orders: 83 }])
    } finally {
      await source.destroy()
    }
  })
})
