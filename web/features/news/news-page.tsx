import Badge from '@cloudscape-design/components/badge';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useEffect, useRef } from 'react';

import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import Markdown from '../../components/markdown.tsx';
import { Page } from '../../components/page.tsx';
import { useMe } from '../../lib/me.ts';
import { useChange, useRead } from '../../lib/use-route.ts';

/** Marks the news as read once they are on the screen. The marks of this visit stay until the next. */
const useSeen = (isShown: boolean): void => {
  const me = useMe();
  // Once for each visit: where it fails the mark comes back, and the next visit tries again.
  const wasSent = useRef(false);
  const { mutate } = useChange('seeNews', {
    outdates: ['getMe'],
    foresees: () => ({ queryKey: ['getMe', {}], output: { ...me, newsUnread: false } }),
  });
  useEffect(() => {
    if (!isShown || !me.newsUnread || wasSent.current) return;
    wasSent.current = true;
    mutate({});
  }, [isShown, me.newsUnread, mutate]);
};

const NewsPage = () => {
  const news = useRead('getNews', {}, { isPreset: true });
  useSeen(news.data !== undefined);
  return (
    <Page title="What’s new">
      <Loaded query={news} what="the news">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No news yet" />
          ) : (
            <div className="atmo-news">
              {items.map(({ id, date, title, content, isUnread }) => (
                <Container
                  key={id}
                  header={
                    <Header variant="h2" description={<time dateTime={date}>{date}</time>}>
                      {title} {isUnread && <Badge color="blue">New</Badge>}
                    </Header>
                  }
                >
                  <Markdown text={content} />
                </Container>
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
};

export default NewsPage;
