import { redirect } from 'next/navigation'

const Home = () => redirect('/admin/connectors')

export default Home
