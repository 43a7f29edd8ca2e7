package lb.admin;

/** Answers calls of one path. Admin thread: must not block. */
interface Page {
    Answer answer(Call call);
}
