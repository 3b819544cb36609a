// The program's own line on the stack of a report. ThreadSanitizer tells the stack that instrumented
// code keeps, a place for each function entered (compiler-rt: FuncEntry); what is linked into
// programs is not instrumented, so of a call that one of its wrappers passes on, the line of the
// program would be left out, and the caller's told in its place. The wrappers are compiled with
// -finstrument-functions (which they are stands in ../CMakeLists.txt), which calls these.
//
// Whether a wrapper's last call is a jump, which would do as well, differs from compiler to compiler.

void __tsan_func_entry(const void *place);
void __tsan_func_exit(void);

// Weak: a program may be compiled so itself.
void __cyg_profile_func_enter(void *function, void *place) __attribute__((weak));
void __cyg_profile_func_enter(void *function, void *place)
{
    (void)function;
    __tsan_func_entry(place);
}

void __cyg_profile_func_exit(void *function, void *place) __attribute__((weak));
void __cyg_profile_func_exit(void *function, void *place)
{
    (void)function, (void)place;
    __tsan_func_exit();
}
