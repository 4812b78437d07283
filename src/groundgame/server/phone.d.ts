// The phone app's own files, which its own tsconfig checks more closely than we could.
declare module "/phone/*";
