import { redirect } from 'next/navigation'

/** Where people arrive who shorten the address of a run. */
const Runs = () => redirect('/admin/connectors/history')

export default Runs
