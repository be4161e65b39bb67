import { type ClassValue, clsx } from 'clsx';

/** Joins class names. Two that set the same property must not meet: which one wins is not told by order. */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
