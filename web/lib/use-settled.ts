import { useEffect, useState } from 'react';

/** Debounces a value, so that typing does not send a request for every letter. */
export const useSettled = <Value extends object | string>(value: Value, milliseconds = 300): Value => {
  const key = JSON.stringify(value);
  const [settled, setSettled] = useState({ key, value });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ key, value: JSON.parse(key) as Value }), milliseconds);
    return () => clearTimeout(timer);
  }, [key, milliseconds]);
  return settled.value;
};
