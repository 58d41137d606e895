/*
 * STET_SANITIZED: built with AddressSanitizer, whose run time needs system
 * calls and a malloc of its own. gcc says so by a macro, clang by a feature.
 */
#ifndef STET_SANITIZED_H
#define STET_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__)
#define STET_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STET_SANITIZED 1
#endif
#endif
#if !defined(STET_SANITIZED)
#define STET_SANITIZED 0
#endif

#endif
