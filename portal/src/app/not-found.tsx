import { Link } from '@tanstack/react-router'
import { Empty } from '../kit/empty.tsx'
import { Page } from './shell/page.tsx'

/** A portal URL without a page. */
export function NotFound() {
  return (
    <Page title="Not found">
      <Empty action={<Link to="/jobs">Go to Jobs</Link>}>There is no page at this address. The link may be wrong or old.</Empty>
    </Page>
  )
}
