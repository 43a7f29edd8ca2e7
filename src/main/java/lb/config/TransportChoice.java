package lb.config;

/** Which of the system's ways to do socket I/O is used; AUTO is the first of IO_URING, EPOLL, NIO that works. */
public enum TransportChoice { AUTO, IO_URING, EPOLL, NIO }
