import { useEffect, useState, type RefObject } from 'react';

/** Whether a place is on the screen, or about two screens away from it. */
export const useIsNear = (place: RefObject<Element | null>): boolean => {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    const { current } = place;
    if (current === null) return undefined;
    const watch = new IntersectionObserver(
      (changes) => setIsNear(changes.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: '1500px 0px' },
    );
    watch.observe(current);
    return () => watch.disconnect();
  }, [place]);
  return isNear;
};
