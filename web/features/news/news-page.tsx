import Badge from '@cloudscape-design/components/badge';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import Markdown from '../../components/markdown.tsx';
import { Page } from '../../components/page.tsx';
import { send } from '../../lib/api.ts';
import { useMe } from '../../lib/me.ts';
import { useRead } from '../../lib/use-route.ts';

/** Marks the news as read once they are on the screen. The marks of this visit stay until the next. */
const useSeen = (isShown: boolean): void => {
  const client = useQueryClient();
  const { newsUnread } = useMe();
  useEffect(() => {
    if (!isShown || !newsUnread) return;
    send('seeNews', {})
      .then(() => client.invalidateQueries({ queryKey: ['getMe'] }))
      // The mark stays, and the next visit tries again.
      .catch(() => undefined);
  }, [client, isShown, newsUnread]);
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
            <SpaceBetween size="l">
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
            </SpaceBetween>
          )
        }
      </Loaded>
    </Page>
  );
};

export default NewsPage;
